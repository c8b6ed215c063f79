import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DECIDED_WITHIN } from '../../scripts/setup/desktop.js';
import { GRACE } from '../../scripts/setup/desktop-app.js';
import { FETCH_LIMIT, obtainRuntime } from '../../scripts/setup/desktop-runtime.js';
import { scratch, write } from './scratch.ts';

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 0, 1);
const RETRY = 'to try again now, run: npx install-electron';
const FETCHING = 'Fetching the desktop runtime (once; about 100 MB) …';
const STAMP = 'node_modules/.evertoken-no-runtime';

/** What the electron package's install.js does where the download works: the runtime, then the file that names it. */
const WORKS = `const fs = require('node:fs'); fs.mkdirSync(__dirname + '/dist'); fs.writeFileSync(__dirname + '/dist/electron', ''); fs.writeFileSync(__dirname + '/path.txt', 'electron');`;
const FAILS = `process.stderr.write('RequestError: getaddrinfo ENOTFOUND github.com\\n    at x (y.js:1:2)\\n'); process.exit(1);`;
const HANGS = `setInterval(() => {}, 1000);`;

/** A project whose electron package downloads in this way, and is asked for its runtime. */
function project(install: string, files: Readonly<Record<string, string>> = {}) {
  const root = scratch({ 'node_modules/electron/package.json': '{"version":"45.4.1"}', 'node_modules/electron/install.js': install, ...files });
  const said: string[] = [];
  const obtain = async (options: Parameters<typeof obtainRuntime>[2] = {}) => obtainRuntime(root, (line) => said.push(line), { env: {}, now: NOW, ...options });
  return { root, said, obtain, executable: join(root, 'node_modules/electron/dist/electron') };
}

describe('obtainRuntime', () => {
  it('takes the runtime that is there, and says nothing', async () => {
    const { obtain, said, executable } = project(FAILS, { 'node_modules/electron/path.txt': 'electron', 'node_modules/electron/dist/electron': '' });
    expect(await obtain()).toEqual({ executable });
    expect(said).toEqual([]);
  });

  it('fetches it once, saying so', async () => {
    const { obtain, said, executable, root } = project(WORKS);
    expect(await obtain()).toEqual({ executable });
    expect(said).toEqual([FETCHING]);
    expect(existsSync(join(root, STAMP))).toBe(false);
  });

  it('fetches it again where only its name is left', async () => {
    const { obtain, said, executable } = project(WORKS, { 'node_modules/electron/path.txt': 'electron' });
    expect(await obtain()).toEqual({ executable });
    expect(said).toEqual([FETCHING]);
  });

  it('tells why it could not, and does not try again for a day', async () => {
    const { obtain, said, root } = project(FAILS);
    expect(await obtain()).toEqual({ why: `its runtime could not be downloaded (RequestError: getaddrinfo ENOTFOUND github.com; ${RETRY})` });
    expect(said).toEqual([FETCHING]);

    write(root, { 'node_modules/electron/install.js': WORKS });
    expect(await obtain({ now: NOW + DAY - 1 })).toEqual({ why: `its runtime could not be downloaded earlier today (RequestError: getaddrinfo ENOTFOUND github.com; ${RETRY})` });
    expect(said).toEqual([FETCHING]);

    expect(await obtain({ now: NOW + DAY })).toHaveProperty('executable');
    expect(said).toEqual([FETCHING, FETCHING]);
    expect(existsSync(join(root, STAMP))).toBe(false);
  });

  it('says in words what the downloader says of a missing network', async () => {
    const { obtain } = project(`process.stderr.write('TypeError: fetch failed\\n    at node:internal/deps/undici/undici:1:2\\n'); process.exit(1);`);
    expect(await obtain()).toEqual({ why: `its runtime could not be downloaded (the download server could not be reached; ${RETRY})` });
  });

  it('takes what somebody fetched in the meantime', async () => {
    const { obtain, root, executable } = project(FAILS);
    await obtain();
    write(root, { 'node_modules/electron/path.txt': 'electron', 'node_modules/electron/dist/electron': '' });
    expect(await obtain({ now: NOW + 1 })).toEqual({ executable });
  });

  it.each([
    ['another version', JSON.stringify({ version: '45.4.0', at: NOW, why: 'w' })],
    ['a clock that was ahead', JSON.stringify({ version: '45.4.1', at: NOW + 1, why: 'w' })],
    ['half a file', '{"version":"45.4.1","at":'],
    ['another kind of file', '{"version":"45.4.1"}'],
  ])('tries again after a failure of %s', async (_what, stamp) => {
    const { obtain, executable } = project(WORKS, { [STAMP]: stamp });
    expect(await obtain()).toEqual({ executable });
  });

  it('gives a slow download up', async () => {
    const { obtain, root } = project(HANGS);
    expect(await obtain({ limit: 1000 })).toEqual({ why: `its runtime could not be downloaded (it was not there after 1 seconds; ${RETRY})` });
    expect(JSON.parse(readFileSync(join(root, STAMP), 'utf8'))).toEqual({ version: '45.4.1', at: NOW, why: 'it was not there after 1 seconds' });
  });

  it.each([
    ['nothing', {}],
    ['a name alone', { 'node_modules/electron/path.txt': 'electron' }],
  ])('does not believe a download that left %s', async (_what, files) => {
    const { obtain } = project('', files);
    expect(await obtain()).toEqual({ why: `its runtime could not be downloaded (it was not there afterwards; ${RETRY})` });
  });

  it('takes the folder that ELECTRON_OVERRIDE_DIST_PATH names, by the name that the electron package gives, and fetches nothing instead', async () => {
    const { obtain, root, said } = project(WORKS, { 'mine/electron': '', 'mine/Electron.app/E': '' });
    const env = { ELECTRON_OVERRIDE_DIST_PATH: join(root, 'mine') };
    expect(await obtain({ env })).toEqual({ executable: join(root, 'mine/electron') });
    write(root, { 'node_modules/electron/path.txt': 'Electron.app/E' });
    expect(await obtain({ env })).toEqual({ executable: join(root, 'mine/Electron.app/E') });
    const nowhere = join(root, 'nowhere');
    expect(await obtain({ env: { ELECTRON_OVERRIDE_DIST_PATH: nowhere } })).toEqual({ why: `ELECTRON_OVERRIDE_DIST_PATH is set, and there is no ${join(nowhere, 'Electron.app/E')}` });
    expect(said).toEqual([]);
  });
});

describe('the time that a decision takes', () => {
  it('is at most a minute, and leaves the app some of it after a slow download', () => {
    expect(DECIDED_WITHIN + GRACE).toBeLessThanOrEqual(59_000);
    expect(DECIDED_WITHIN - FETCH_LIMIT).toBeGreaterThanOrEqual(15_000);
  });
});
