// npm start: installs, builds and starts Evertoken. Plain Node without packages, because it runs before there are any.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { requireNode } from './setup/node-version.js';
import { isBuilt, PRODUCT } from './setup/outputs.js';
import { endWithParents } from './setup/parent-watch.js';
import { preparePackages } from './setup/packages.js';
import { run } from './setup/run.js';

requireNode();
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** @param {string} line */
const say = (line) => {
  process.stderr.write(`${line}\n`);
};

const complaint = await preparePackages(root, say);
if (complaint !== null) {
  say(complaint);
  process.exit(1);
}

if (!isBuilt(root, PRODUCT)) {
  say('Building …');
  const { code } = await run(process.execPath, [join(root, 'scripts', 'build.js')], { cwd: root });
  if (code !== 0) {
    say('Evertoken could not be built; the reason stands above.');
    process.exit(1);
  }
}

const server = join(root, 'dist', 'server.js');
if (!existsSync(server)) {
  say(`${server} is missing. Delete the folder dist and run npm start again.`);
  process.exit(1);
}
// In this process and not in a child: signals, exit code and standard streams are the server's own.
process.argv = [process.execPath, server, ...process.argv.slice(2)];
process.setSourceMapsEnabled(true);
if (process.env['npm_lifecycle_event'] === 'start') endWithParents();
await import(pathToFileURL(server).href);
