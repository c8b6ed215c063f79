// npm run explain:score -- FILE [--misses]: how well a file of labelled texts is explained (one JSON object a line: text,
// cause, expired_at, human_must_act), with recall and precision per cause. The file stays where it is.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './setup/run.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const built = await run(process.execPath, [join(root, 'scripts', 'build.js'), '--programs'], { cwd: root });
if (built.code === 0) {
  const [file, ...flags] = process.argv.slice(2);
  const { code } = await run(process.execPath, [join(root, 'dist-test', 'explain-score.js'), ...(file === undefined ? [] : [resolve(file)]), ...flags], { cwd: root });
  process.exitCode = code;
} else {
  process.stderr.write('The score could not be built. Run npm test once: it installs what is missing.\n');
  process.exitCode = 1;
}
