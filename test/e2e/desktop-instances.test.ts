import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { type Desktop, until } from '../host/desktop.ts';
import { chromiumHere, keyringHere } from '../requirements.ts';
import { card, connectRobot, type DesktopTrial, openDesktopTrial, openWindows, trayBecomes, wordsFor } from './desktop-house.ts';

describe.runIf(keyringHere() && chromiumHere())('starting and ending the desktop app', () => {
  let trial: DesktopTrial;
  beforeEach(async () => {
    trial = await openDesktopTrial({ seed: 81 });
  });
  afterEach(() => trial.end());

  const connect = async (desktop: Desktop): Promise<void> => {
    await connectRobot(trial, desktop);
    await trayBecomes(desktop, wordsFor('healthy'));
  };

  /** That nothing was left behind which would keep the app from starting and ending as ever. */
  const expectToRun = async (): Promise<void> => {
    const desktop = await trial.start(['--hidden']);
    await until('the app is up', () => desktop.stdout().includes('Evertoken is in the tray'));
    expect(await desktop.quit()).toBe(0);
  };

  it('two starts at the same moment are one app, and the second shows its window', { timeout: 60_000 }, async () => {
    const both = await Promise.all([trial.start(['--hidden']), trial.start(['--hidden'])]);
    const ended = await Promise.race(both.map(async (desktop) => ({ desktop, code: await desktop.exited })));
    expect(ended.code).toBe(0);
    const lives = both.find((desktop) => desktop !== ended.desktop);
    if (lives === undefined) throw new Error('Both ended.');
    await until('the window that the second start asked for', async () => (await openWindows(lives)).length === 1);
    await (await lives.page()).getByLabel('Paste your access token').waitFor();
    expect((await lives.tray()).alive).toBe(1);
    // The second touched nothing: no line of its own in the log, no second tray.
    expect(ended.desktop.stdout()).not.toContain('in the tray');
  });

  it('closing the window keeps the keeper at work', async () => {
    const desktop = await trial.start();
    await connect(desktop);
    await desktop.closeWindow();
    await until('closed', async () => (await openWindows(desktop)).length === 0);
    const renewals = trial.meta.journal.count({ endpoint: 'exchange' });
    trial.meta.faults.set({ kind: 'candidate', change: { expiry: { livesMs: 60 * DAY } } });
    trial.house.advance(31 * DAY);
    expect(await openWindows(desktop)).toEqual([]);
    await until('a renewal without a window', () => Promise.resolve(trial.meta.journal.count({ endpoint: 'exchange' }) > renewals));
    await trayBecomes(desktop, wordsFor('healthy'));
  });

  it('quitting in the middle of a renewal finishes it; a kill there safely leaves it', { timeout: 90_000 }, async () => {
    const checks = (): number => readFileSync(join(trial.house.dataFolder, 'logs', 'evertoken.log'), 'utf8').split('"event":"checked"').length;
    let desktop = await trial.start();
    await connect(desktop);
    trial.meta.faults.set({ kind: 'candidate', change: { expiry: { livesMs: 60 * DAY } } });
    for (const way of ['quit', 'kill'] as const) {
      trial.meta.faults.add({ kind: 'latency', ms: 1_500, on: 'exchange' });
      const renewals = trial.meta.journal.count({ endpoint: 'exchange' });
      const reads = trial.meta.journal.count({ endpoint: 'number' });
      trial.house.advance(31 * DAY);
      // Right after the check the exchange is asked for; then, within its delay, Meta has the question and has not answered it.
      await until('the check before it', () => trial.meta.journal.count({ endpoint: 'number' }) > reads);
      await new Promise((resolve) => setTimeout(resolve, 400));
      expect(trial.meta.journal.count({ endpoint: 'exchange' })).toBe(renewals);
      if (way === 'quit') await desktop.quit();
      else await desktop.kill();
      if (way === 'quit') {
        expect(await desktop.exited).toBe(0);
        expect(trial.meta.journal.count({ endpoint: 'exchange' })).toBeGreaterThan(renewals);
      }
      const before = checks();
      desktop = await trial.start(['--hidden']);
      // Its first look at everything is over before the clock is moved again.
      await until('the check at its start', () => checks() > before);
      await trayBecomes(desktop, wordsFor('healthy'));
    }
    await desktop.clickTray();
    await card(await desktop.page(), SHOP.verifiedName).locator('.card-reason', { hasText: 'The token is valid until' }).waitFor();
    expect(await desktop.notifications()).toEqual([]);
  });

  it('a data folder that another Evertoken holds is said in words, and nothing is started', { timeout: 60_000 }, async () => {
    const server = await trial.house.start();
    const desktop = await trial.start();
    expect(await desktop.exited).toBe(2);
    expect(desktop.stderr()).toMatch(/Another Evertoken \(process \d+\) is already running with the data folder .*Use that one, stop it first, or choose another data folder\./);
    await server.stop();
  });

  it('an option that cannot be used is said in words', async () => {
    const desktop = await trial.start(['--port', 'none']);
    expect(await desktop.exited).toBe(2);
    expect(desktop.stderr()).toContain('The port must be a whole number from 1 to 65535.');
  });

  it('a data folder that cannot be made is said in words', async () => {
    const file = trial.house.file('a-file', 'no folder');
    const desktop = await trial.start(['--data-dir', join(file, 'below')]);
    expect(await desktop.exited).toBe(2);
    expect(desktop.stderr()).toMatch(/a-file\/below/);
    expect(desktop.stderr()).not.toContain('    at ');
    await expectToRun();
  });

  it('quitting with the window open does not explain where the app goes on', async () => {
    const desktop = await trial.start();
    await (await desktop.page()).getByLabel('Paste your access token').waitFor();
    expect(await desktop.quit()).toBe(0);
    const remembered = join(trial.house.dataFolder, 'desktop.json');
    expect(existsSync(remembered) ? readFileSync(remembered, 'utf8') : '').not.toContain('"closeExplained":true');
  });

  it('a stop before the app is up ends it', async () => {
    const desktop = await trial.start(['--hidden']);
    process.kill(desktop.pid, 'SIGTERM');
    await desktop.exited;
    await expectToRun();
  });

  it('after an error that nobody caught it starts anew, in the tray, once', { timeout: 90_000 }, async () => {
    const message = join(trial.house.dataFolder, '..', 'crash-now');
    const thrower = trial.house.file('throw.mjs', THROW_ONCE);
    const env = { NODE_OPTIONS: `--import=${pathToFileURL(thrower).href}`, TEST_CRASH_FILE: message };
    const desktop = await trial.start([], { env });
    await connect(desktop);
    writeFileSync(message, 'practice crash');
    await desktop.exited;
    const pid = await until('a new process', () => {
      const held = Number.parseInt(readFileSync(join(trial.house.dataFolder, 'evertoken.pid'), 'utf8'), 10);
      return held !== desktop.pid && held;
    }, 30_000);
    try {
      expect(readdirSync(join(trial.house.dataFolder, 'crashes'))).toHaveLength(1);
      const lines = (): string => readFileSync(join(trial.house.dataFolder, 'logs', 'evertoken.log'), 'utf8');
      await until('it checks the token again', () => lines().split('"event":"started"').at(-1)?.includes('"event":"checked"') === true && lines().split('"event":"started"').length === 3);
      // A second crash within the hour is one too many.
      writeFileSync(message, 'practice crash');
      await until('the end', () => !isAlive(pid), 20_000);
      await new Promise((resolve) => setTimeout(resolve, 2_000));
      expect(lines().split('"event":"started"')).toHaveLength(3);
    } finally {
      if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    }
  });
});

/** Throws inside the built program, as an error of its own would be, whenever there is a file. */
const THROW_ONCE = `import { existsSync, rmSync } from 'node:fs';
const file = process.env.TEST_CRASH_FILE;
setInterval(() => {
  if (!existsSync(file)) return;
  rmSync(file);
  throw new Error('practice crash');
}, 50).unref();
`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
