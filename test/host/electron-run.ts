import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { version } from '../../node_modules/electron/package.json';

const [target, ...rest] = process.argv.slice(2);
if (target === '--version' || target === '-v') process.stdout.write(`v${version}\n`);
else if (target === undefined) {
  process.stderr.write('Usage: electron-run MAIN_OR_FOLDER [arguments]\n');
  process.exitCode = 1;
} else {
  // In this process and not in a child: signals, exit code and pid are the app's own.
  const main = mainOf(resolve(target));
  process.argv = [process.execPath, main, ...rest];
  await import('./register.ts');
  await import(/* @vite-ignore */ pathToFileURL(main).href);
}

function mainOf(path: string): string {
  if (!statSync(path).isDirectory()) return path;
  const { main = 'index.js' } = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as { main?: string };
  return join(path, main);
}
