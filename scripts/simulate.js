// npm run simulate -- --seeds N [--from S] | --seed S [--trace] [--days D]: simulated years of the real keeper, one per
// seed. Prints a line per broken promise, how to replay it, and a summary; ends with 1 where there was one.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './setup/run.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const built = await run(process.execPath, [join(root, 'scripts', 'build.js'), '--programs'], { cwd: root });
if (built.code === 0) {
  const { code } = await run(process.execPath, [join(root, 'dist-test', 'simulate.js'), ...process.argv.slice(2)], { cwd: root });
  process.exitCode = code;
} else {
  process.stderr.write('The simulation could not be built. Run npm test once: it installs what is missing.\n');
  process.exitCode = 1;
}
