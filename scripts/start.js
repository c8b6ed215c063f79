// npm start: installs, builds and starts Evertoken: the desktop app, or server mode where that cannot run. Plain Node
// without packages, because it runs before there are any.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepare, say, serve } from './serve.js';
import { runDesktop } from './setup/desktop.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const args = process.argv.slice(2);

await prepare(root, say);
const desktop = await runDesktop(root, args, say);
if ('code' in desktop) {
  process.exitCode = desktop.code;
} else {
  say(`Server mode starts instead of the desktop app, because ${desktop.why}.`);
  await serve(root, args, say);
}
