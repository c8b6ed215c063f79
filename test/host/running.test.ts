import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildHost, HOST_FOLDER } from './build-host.ts';
import { makeSample } from './sample-app.ts';

const sample = makeSample('say("argv", JSON.stringify(process.argv.slice(1))); say("packaged", app.isPackaged, process.resourcesPath !== undefined && process.resourcesPath === process.env.EVERTOKEN_HOST_RESOURCES); setImmediate(() => app.quit());');
beforeAll(buildHost);
afterAll(() => sample.cleanUp());

const run = (command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  spawnSync(command, args, { encoding: 'utf8', timeout: 15_000, env: { ...process.env, XDG_CONFIG_HOME: join(sample.folder, 'config'), SAMPLE_WINDOW: '0', ...env } });

describe('the programs of the stand-in', () => {
  it.each(['electron-run', 'electron'])('%s tells the version of the types', (name) => {
    expect(run(join(HOST_FOLDER, name), ['--version'])).toMatchObject({ status: 0, stdout: 'v45.4.1\n' });
  });

  it.each([
    ['a folder', ''],
    ['a main file', 'main.js'],
  ])('run %s in a process of its own', (_what, name) => {
    const { status, stdout } = run(join(HOST_FOLDER, 'electron-run'), [join(sample.folder, name), '--hidden']);
    expect(stdout).toContain(`argv ${JSON.stringify([join(sample.folder, 'main.js'), '--hidden'])}\n`);
    expect(stdout).toContain('packaged false false\n');
    expect(status).toBe(0);
  });

  it('are found where the package electron looks for its runtime', () => {
    const require = createRequire(import.meta.url);
    const cli = join(require.resolve('electron/package.json'), '..', 'cli.js');
    expect(run(process.execPath, [cli, '--version'], { ELECTRON_OVERRIDE_DIST_PATH: HOST_FOLDER })).toMatchObject({ status: 0, stdout: 'v45.4.1\n' });
  });

  it('give a packaged app its resources, and no main file among its arguments', () => {
    const resources = join(sample.folder, 'resources');
    mkdirSync(resources);
    writeFileSync(join(resources, 'x'), '');
    const { stdout } = run(join(HOST_FOLDER, 'electron-run'), [sample.folder, '--hidden'], { EVERTOKEN_HOST_RESOURCES: resources });
    expect(stdout).toContain('argv ["--hidden"]\n');
    expect(stdout).toContain('packaged true true\n');
  });
});
