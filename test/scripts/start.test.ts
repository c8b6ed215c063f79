import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { needsInstall } from '../../scripts/setup/install.js';
import { isBuilt, PRODUCT, promote, sourceDigest } from '../../scripts/setup/outputs.js';
import { runs } from './processes.ts';
import { scratch } from './scratch.ts';

const SERVER = `import { basename } from 'node:path';
if (process.argv.includes('--stay')) {
  process.on('SIGTERM', () => process.exit(7));
  setInterval(() => {}, 1000);
}
process.stdout.write(JSON.stringify([basename(process.argv[1]), ...process.argv.slice(2)]) + '\\n');
if (process.argv.includes('--fail')) process.exit(3);
`;

/** The end of the sentence that says why. */
const NO_DISPLAY = 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)';
const fallback = (why: string): string => `Server mode starts instead of the desktop app, because ${why}.\n`;

/** A project with the real scripts and packages, and nothing built. */
function project(files: Readonly<Record<string, string>> = {}): string {
  // The packages are linked, not copied; npm ci would reach through the link and empty the real folder.
  if (needsInstall(resolve('.'))) throw new Error('node_modules is not what package-lock.json asks for: run npm ci first.');
  const root = scratch(files);
  const settings = readdirSync('.').filter((name) => /^(?:tsconfig|vite\.config)\b.*/.test(name));
  for (const path of ['scripts', 'package.json', 'package-lock.json', ...settings]) cpSync(path, join(root, path), { recursive: true });
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  return root;
}

/** A project that counts as built, with a small server. */
function builtProject(): string {
  const root = project({ ...Object.fromEntries(PRODUCT.files.map((file) => [`fresh/${file}`, ''])), 'fresh/server.js': SERVER });
  promote(join(root, 'fresh'), join(root, 'dist'), sourceDigest(root, PRODUCT));
  return root;
}

/** The environment of a Linux machine without a display, whatever this one has, and with a program in Electron's place. */
function environment(electron?: string): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', npm_lifecycle_event: '', ELECTRON_OVERRIDE_DIST_PATH: '' };
  if (electron === undefined) return env;
  const folder = scratch({ electron: electron.startsWith('#!') ? electron : `#!/usr/bin/env node\n${electron}` });
  chmodSync(join(folder, 'electron'), 0o755);
  return { ...env, ELECTRON_OVERRIDE_DIST_PATH: folder };
}

function launch(script: 'start' | 'serve', root: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [join(root, `scripts/${script}.js`), ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
  onTestFinished(() => {
    // Of a test that failed while it ran; it ends its app too.
    if (child.exitCode === null) child.kill('SIGTERM');
  });
  const result = { stdout: '', stderr: '', status: null as number | null };
  child.stdout.on('data', (chunk: Buffer) => (result.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (result.stderr += chunk.toString()));
  const done = once(child, 'close').then(() => ({ ...result, status: child.exitCode }));
  return { child, done };
}

const start = async (root: string, args: readonly string[] = [], electron?: string) => launch('start', root, args, environment(electron)).done;
const serve = async (root: string, args: readonly string[] = []) => launch('serve', root, args, environment()).done;

describe('npm run serve', () => {
  it('starts the server of what is built, with its arguments, and takes its exit code', async () => {
    const root = builtProject();
    expect(await serve(root, ['a', '--b'])).toEqual({ stdout: '["server.js","a","--b"]\n', stderr: '', status: 0 });
    expect(await serve(root, ['--fail'])).toEqual({ stdout: '["server.js","--fail"]\n', stderr: '', status: 3 });
  });

  it('hands signals to the server and its exit code on', async () => {
    const { child, done } = launch('serve', builtProject(), ['--stay'], environment());
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await done).toHaveProperty('status', 7);
  });

  it('builds, once, what is not built, also when started twice at the same moment', async () => {
    const root = project();
    for (const path of PRODUCT.sources) if (existsSync(path)) cpSync(path, join(root, path), { recursive: true });
    expect(isBuilt(root, PRODUCT)).toBe(false);
    // The real server refuses this: what is asked here is only that it was built and reached.
    const runs = await Promise.all([serve(root, ['--no-such-option']), serve(root, ['--no-such-option'])]);
    for (const { stdout, stderr, status } of runs) {
      expect([stdout, status]).toEqual(['', 2]);
      expect(stderr).toMatch(/^Building …\n[^]*--no-such-option/);
    }
    expect(isBuilt(root, PRODUCT)).toBe(true);
    expect(existsSync(join(root, '.setup-lock'))).toBe(false);
    expect(statSync(join(root, 'dist/cli.js')).mode & 0o111).toBe(0o111);
    expect(readFileSync(join(root, 'dist/cli.js'), 'utf8').split('\n')[0]).toBe('#!/usr/bin/env node');
    expect(existsSync(join(root, 'dist/server.js.map'))).toBe(true);
    expect((await serve(root, ['--no-such-option'])).stderr).not.toContain('Building');
  }, 120_000);

  it('says that a build failed, and starts nothing', async () => {
    const root = project({ 'src-main/server.ts': 'this is no program' });
    const { stdout, stderr, status } = await serve(root);
    expect([stdout, status]).toEqual(['', 1]);
    expect(stderr).toMatch(/^Building …\n[^]*Evertoken could not be built; the reason stands above\.\n$/);
    expect(existsSync(join(root, 'dist/server.js'))).toBe(false);
    expect(existsSync(join(root, '.setup-lock'))).toBe(false);
  });
});

describe.runIf(process.platform === 'linux')('npm start', () => {
  const UP = `process.stdout.write('Evertoken is in the tray.\\n');`;
  /** Up until it is told to end, by which it says how. */
  const STAYS = `for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.stdout.write(signal + '\\n'));
process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); ${UP}`;

  it('starts the desktop app with this folder and its arguments, and takes its exit code', async () => {
    const root = builtProject();
    const app = `${UP} process.stdout.write(JSON.stringify([process.argv.slice(2), process.env.ELECTRON_RUN_AS_NODE ?? null]) + '\\n'); process.exitCode = 5;`;
    const env = { ...environment(app), ELECTRON_RUN_AS_NODE: '1' };
    expect(await launch('start', root, ['--port', '28800', '--hidden'], env).done).toEqual({
      stdout: `Evertoken is in the tray.\n${JSON.stringify([[root, '--port', '28800', '--hidden'], null])}\n`,
      stderr: '',
      status: 5,
    });
  });

  it('starts the server instead where there is no display, and says so', async () => {
    expect(await start(builtProject(), ['a', '--b', '--fail'])).toEqual({ stdout: '["server.js","a","--b","--fail"]\n', stderr: fallback(NO_DISPLAY), status: 3 });
  });

  it.each([
    ['lacks a library', `#!/bin/sh\necho "electron: error while loading shared libraries: libnss3.so: cannot open shared object file" >&2\nexit 127\n`, 'this system lacks the library libnss3.so, which Electron needs'],
    ['crashes before it is up', `process.kill(process.pid, 'SIGABRT')`, 'it ended by SIGABRT before it was up'],
  ])('starts the server instead of an app that %s', async (_what, electron, why) => {
    expect(await start(builtProject(), ['a'], electron)).toEqual({ stdout: '["server.js","a"]\n', stderr: fallback(why), status: 0 });
  });

  it('starts nothing instead of an app that refuses, and nothing beside one that runs already', async () => {
    const root = builtProject();
    const refuses = `process.stderr.write('Another Evertoken is running for this folder.\\n'); process.exitCode = 2;`;
    expect(await start(root, [], refuses)).toEqual({ stdout: '', stderr: 'Another Evertoken is running for this folder.\n', status: 2 });
    expect(await start(root, [], 'process.exitCode = 0;')).toEqual({ stdout: '', stderr: '', status: 0 });
  });

  it.each([
    ['SIGTERM', 'SIGTERM'],
    ['SIGHUP', 'SIGTERM'],
  ] as const)('hands %s on to the app as %s', async (signal, handed) => {
    const { child, done } = launch('start', builtProject(), [], environment(`${STAYS} process.stderr.write('a warning\\n');`));
    // It is shown while the app runs.
    await once(child.stderr, 'data');
    child.kill(signal);
    expect(await done).toEqual({ stdout: `Evertoken is in the tray.\n${handed}\n`, stderr: 'a warning\n', status: 7 });
  });

  it('hands a Ctrl+C on once, which comes from the terminal and from npm, and the next one again', async () => {
    const { child, done } = launch('start', builtProject(), [], environment(STAYS));
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    await once(child.stdout, 'data');
    child.kill('SIGINT');
    await delay(700);
    child.kill('SIGINT');
    await once(child.stdout, 'data');
    await delay(700);
    child.kill('SIGTERM');
    expect(await done).toEqual({ stdout: 'Evertoken is in the tray.\nSIGINT\nSIGINT\nSIGTERM\n', stderr: '', status: 7 });
  });

  it('starts no server when it is told to end while the app comes up', async () => {
    const { child, done } = launch('start', builtProject(), [], environment(`process.stdout.write('not yet\\n'); setInterval(() => {}, 1000);`));
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await done).toEqual({ stdout: 'not yet\n', stderr: '', status: 143 });
  });

  it('takes the app along when it is ended by an error of its own', async () => {
    const app = `process.on('SIGINT', () => process.stdout.write('x\\n')); setInterval(() => {}, 1000); process.stdout.write(process.pid + '\\n');`;
    const { child, done } = launch('start', builtProject(), [], environment(app));
    const pid = await new Promise<string>((resolve) => {
      child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()));
    });
    // Nobody reads any more: the next line that is passed on is an error.
    child.stdout.destroy();
    child.kill('SIGINT');
    expect((await done).stderr).toContain('EPIPE');
    await vi.waitFor(() => expect(runs(Number.parseInt(pid, 10))).toBe(false));
  });
});
