import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { needsInstall } from '../../scripts/setup/install.js';
import { scratch } from './scratch.ts';

const SERVER = `import { basename } from 'node:path';
import { word } from './word.ts';
if (process.argv.includes('--stay')) {
  process.on('SIGTERM', () => process.exit(7));
  setInterval(() => {}, 1000);
}
process.stdout.write(JSON.stringify([word, basename(process.argv[1] ?? ''), process.argv.slice(2)]) + '\\n');
if (process.argv.includes('--fail')) process.exit(3);
`;

/** A project with the real scripts and packages and a small program. */
function project(): string {
  // The packages are linked, not copied; npm ci would reach through the link and empty the real folder.
  if (needsInstall(resolve('.'))) throw new Error('node_modules is not what package-lock.json asks for: run npm ci first.');
  const root = scratch({
    'src-main/server.ts': SERVER,
    'src-main/word.ts': `export const word: string = 'one';\n`,
    'src-main/cli/main.ts': `process.stdout.write('cli\\n');\n`,
    'src-main/adapters/no-electron.ts': 'export default {};\n',
  });
  for (const path of ['scripts', 'package.json', 'package-lock.json', 'tsconfig.base.json', 'vite.config.ts', 'vite.config.programs.ts']) cpSync(path, join(root, path), { recursive: true });
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  return root;
}

function start(root: string, ...args: readonly string[]): { readonly stdout: string; readonly stderr: string; readonly status: number | null } {
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(root, 'scripts/start.js'), ...args], { encoding: 'utf8' });
  return { stdout, stderr, status };
}

describe('npm start', () => {
  it('builds once, starts the server with its arguments, and builds again only after a change', () => {
    const root = project();
    expect(start(root, 'a', '--b')).toEqual({ stdout: '["one","server.js",["a","--b"]]\n', stderr: 'Building …\n', status: 0 });
    expect(start(root, '--fail')).toEqual({ stdout: '["one","server.js",["--fail"]]\n', stderr: '', status: 3 });
    expect(statSync(join(root, 'dist/cli.js')).mode & 0o111).toBe(0o111);
    expect(readFileSync(join(root, 'dist/cli.js'), 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node');
    expect(existsSync(join(root, 'dist/server.js.map'))).toBe(true);

    cpSync(join(root, 'src-main/word.ts'), join(root, 'src-main/other.ts'));
    expect(start(root).stderr).toBe('Building …\n');
    expect(start(root).stderr).toBe('');
  });

  it('says that a build failed, and starts nothing', () => {
    const root = project();
    cpSync(join(root, 'package.json'), join(root, 'src-main/word.ts'));
    const { stdout, stderr, status } = start(root);
    expect([stdout, status]).toEqual(['', 1]);
    expect(stderr).toMatch(/^Building …\n[^]*Evertoken could not be built; the reason stands above\.\n$/);
    expect(existsSync(join(root, 'dist/server.js'))).toBe(false);
    expect(existsSync(join(root, '.setup-lock'))).toBe(false);
  });

  it('hands signals to the server and its exit code on', async () => {
    const root = project();
    const child = spawn(process.execPath, [join(root, 'scripts/start.js'), '--stay'], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect([child.exitCode, child.signalCode]).toEqual([7, null]);
  });

  it('may be run twice at the same moment', async () => {
    const root = project();
    const runs = [1, 2].map(async (n) => {
      const child = spawn(process.execPath, [join(root, 'scripts/start.js'), String(n)], { stdio: ['ignore', 'pipe', 'ignore'] });
      const out: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
      await once(child, 'close');
      return [Buffer.concat(out).toString(), child.exitCode];
    });
    expect(await Promise.all(runs)).toEqual([
      ['["one","server.js",["1"]]\n', 0],
      ['["one","server.js",["2"]]\n', 0],
    ]);
  });
});
