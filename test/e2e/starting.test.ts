import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../../src-main/core/time.ts';
import { type PracticeMeta, startPracticeMeta } from '../../src-main/practice/meta.ts';
import { openShop, SHOP } from '../../src-main/practice/shop.ts';
import { envWithoutBus } from '../keychain/session.ts';
import { buildHouse, type Ran, type RunningServer, type TrialHouse } from './running-server.ts';

const server = fileURLToPath(new URL('../../dist/server.js', import.meta.url));

/** Starts the built server and waits for its end. */
function startAndEnd(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [server, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
  });
}

describe('starting and ending the built program, without any keychain', () => {
  let meta: PracticeMeta;
  let folder: string;
  let env: Readonly<Record<string, string>>;
  let house: TrialHouse;

  beforeEach(async () => {
    meta = await startPracticeMeta({ seed: 41 });
    openShop(meta.world);
    folder = mkdtempSync(join(tmpdir(), 'evertoken-start-'));
    env = envWithoutBus(folder);
    house = await buildHouse(meta, env);
  });
  afterEach(async () => {
    await meta.stop();
    house.cleanUp();
    rmSync(folder, { recursive: true, force: true });
  });

  const token = (): string => meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });

  it('keeps secrets in an encrypted file by explicit choice, across a restart, and not in clear', async () => {
    const vaultFile = join(folder, 'vault.age');
    const passphraseFile = house.file('passphrase', 'a long practice passphrase\n');
    const choice = ['--vault-file', vaultFile, '--passphrase-file', passphraseFile];
    let running = await house.start(choice);
    const value = token();
    expect(await house.cli(['connect', '--app-id', SHOP.appId, '--app-secret-file', house.file('s', SHOP.appSecret)], value)).toMatchObject({ code: 0 });
    expect(await running.status()).toMatchObject({ vault: { kind: 'file', note: null }, alerts: [] });
    const { fingerprint } = await running.only();
    await running.kill();

    for (const file of [vaultFile, `${vaultFile}.key`]) {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const text = readFileSync(file, 'latin1');
      expect(text).toContain('AGE ENCRYPTED FILE');
      expect(text).not.toContain(value);
      expect(text).not.toContain(SHOP.appSecret);
    }
    running = await house.start(choice);
    expect(await running.until('checked', (view) => view.health === 'healthy')).toMatchObject({ fingerprint });
    // A new token of the same hour would be no progress.
    house.advance(DAY);
    expect(await running.refresh()).toMatchObject({ ok: true, code: 'renewed' });
    await running.stop();

    const wrong = await startAndEnd(['--vault-file', vaultFile, '--passphrase-file', house.file('wrong', 'another')], { ...env, EVERTOKEN_DATA_DIR: house.dataFolder });
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toMatch(/passphrase/i);
    const before = readFileSync(vaultFile, 'latin1');

    // Without the file the secrets are out of reach, and that is said; nothing is lost.
    running = await house.start();
    const view = await running.until('out of reach', (now) => now.reasonCodes.includes('keychain-unavailable'));
    expect(view.reasons[0]).toMatch(/vault file/);
    await running.stop();
    expect(readFileSync(vaultFile, 'latin1')).toBe(before);
  });

  it('lets only one run for a data folder, and says who is there', async () => {
    const running = await house.start();
    const second = await startAndEnd(['--port', '28799'], { ...env, EVERTOKEN_DATA_DIR: house.dataFolder, EVERTOKEN_GRAPH_URL: meta.url });
    expect(second.code).toBe(2);
    expect(second.stderr).toContain(String(running.pid));
    expect(await running.status()).toMatchObject({ connections: [] });
    await running.stop();
    expect(await running.exited).toBe(0);
  });

  it('says that the port is taken instead of choosing another, and gives the folder back', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => squatter.once('listening', resolve));
    const address = squatter.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const ran = await startAndEnd(['--port', String(port)], { ...env, EVERTOKEN_DATA_DIR: house.dataFolder, EVERTOKEN_GRAPH_URL: meta.url });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(new RegExp(`Port ${port} .*--port`));
    squatter.close();
    const running = await house.start();
    await running.stop();
  });

  it.each([
    ['http to another host', ['--graph-url', 'http://graph.example.com'], {}, /https/],
    ['an address that is none', ['--graph-url', 'facebook'], {}, /web address/],
    ['a Graph version that is none', ['--graph-version', '26'], {}, /must look like v26\.0/],
    ['a Graph version that is none, from the environment', [], { EVERTOKEN_GRAPH_VERSION: 'latest' }, /must look like v26\.0/],
    ['a port that is none', ['--port', 'abc'], {}, /1 to 65535/],
    ['port 0', ['--port', '0'], {}, /1 to 65535/],
    ['a clock file with the real Meta', [], { EVERTOKEN_CLOCK_FILE: '/nowhere/clock.json' }, /for trials/],
    ['a vault file without its passphrase', ['--vault-file', 'x'], {}, /belong together/],
    ['an unknown option', ['--token', 'EAATest'], {}, /unknown option/],
    ['a stray word', ['now'], {}, /too many arguments/],
  ])('refuses %s with a sentence and makes no folder', async (_name, args, extra, words) => {
    const data = join(folder, 'untouched');
    const ran = await startAndEnd(args, { ...env, EVERTOKEN_DATA_DIR: data, ...extra });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(words);
    expect(ran.stderr).not.toMatch(/ at .*:\d+:\d+/);
    expect(() => statSync(data)).toThrow(/ENOENT/);
  });

  it('prints its help', async () => {
    const ran = await startAndEnd(['--help'], env);
    expect(ran.code).toBe(0);
    expect(ran.stdout).toMatch(/--data-dir[\s\S]*--graph-url[\s\S]*--graph-version[\s\S]*--port[\s\S]*--vault-file/);
  });

  it('sets a broken settings file aside, goes on with the copy, and says so', async () => {
    let running = await house.start();
    expect(await house.cli(['connect', '--label', 'Corner'], token())).toMatchObject({ code: 0 });
    await running.stop();
    writeFileSync(join(house.dataFolder, 'config.json'), '{"version":1,"conn');
    running = await house.start();
    const status = await running.status();
    expect(status.alerts.map((alert) => alert.code)).toContain('settings-broken');
    expect(status.connections.map((view) => view.label)).toEqual(['Corner']);
    expect(house.printed()).toMatch(/settings file was damaged/);
    await running.stop();
  });

  it('repairs the modes of a folder that others could read', async () => {
    mkdirSync(house.dataFolder, { mode: 0o755, recursive: true });
    const running = await house.start();
    expect(statSync(house.dataFolder).mode & 0o777).toBe(0o700);
    for (const file of ['api-key', 'config.json', 'logs/evertoken.log', 'running.json']) expect(statSync(join(house.dataFolder, file)).mode & 0o777, file).toBe(0o600);
    await running.stop();
  });

  describe('while Meta hangs', () => {
    /** A server whose check of everything waits for an answer that does not come. */
    const waitingForMeta = async (): Promise<RunningServer> => {
      const running = await house.start();
      expect(await house.cli(['connect', '--app-id', SHOP.appId, '--app-secret-file', house.file('s', SHOP.appSecret)], token())).toMatchObject({ code: 0 });
      const before = meta.journal.entries().length;
      meta.faults.add({ kind: 'hang' });
      house.advance(DAY);
      await expect.poll(() => meta.journal.entries().length, { timeout: 5_000 }).toBeGreaterThan(before);
      return running;
    };

    it('a signal ends it in order within the patience of ten seconds', async () => {
      const running = await waitingForMeta();
      const startedAt = performance.now();
      running.signal('SIGTERM');
      expect(await running.exited).toBe(0);
      expect(performance.now() - startedAt).toBeLessThan(12_500);
      expect(existsSync(join(house.dataFolder, 'running.json'))).toBe(false);
    });

    it('a second signal ends it at once; the same signal arriving twice does not', async () => {
      const running = await waitingForMeta();
      const startedAt = performance.now();
      running.signal('SIGINT');
      running.signal('SIGTERM');
      await wait(1_300);
      expect(running.ended()).toBe(false);
      running.signal('SIGTERM');
      expect(await running.exited).toBe(130);
      expect(performance.now() - startedAt).toBeLessThan(5_000);
    });
  });

  it('says in the log when the clock file of a trial breaks later', async () => {
    const running = await house.start();
    const log = (): string => readFileSync(join(house.dataFolder, 'logs', 'evertoken.log'), 'utf8');
    expect(log()).not.toContain('clock-file');
    house.writeClock('{"offsetMs": ');
    await expect.poll(log, { timeout: 5_000 }).toMatch(/"clock-file".*cannot be understood/);
    await running.stop();
  });

  it('asks Meta in the version that was set, by flag or environment', async () => {
    const versions = (): readonly (string | null)[] => [...new Set(meta.journal.entries().map(({ version }) => version))];
    let running = await house.start(['--graph-version', 'v25.0']);
    await house.cli(['connect'], token());
    expect(versions()).toEqual(['v25.0']);
    await running.stop();
    running = await house.start([], { EVERTOKEN_GRAPH_VERSION: 'v27.0' });
    await house.cli(['connect', '--label', 'Second'], token());
    expect(versions()).toContain('v27.0');
    await running.stop();
  });

  it('prints no control character of a name that comes from Meta', async () => {
    const running = await house.start();
    const short = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: DAY / 4 });
    const label = `Corner\u202eshop`;
    await house.cli(['connect', '--label', label], short);
    house.advance(DAY / 4 + 60_000);
    await expect.poll(() => house.printed(), { timeout: 5_000 }).toMatch(/Cornershop: .*expired/);
    await running.stop();
    expect(house.printed()).not.toContain('\u202e');
  });
});
