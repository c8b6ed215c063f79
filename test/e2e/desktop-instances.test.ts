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

  it('two starts at the same moment are one app, and the second shows its window', { timeout: 60_000 }, async () => {
    const both = await Promise.all([trial.start(['--hidden']), trial.start(['--hidden'])]);
    const ended = await Promise.race(both.map(async (desktop) => ({ desktop, code: await desktop.exited })));
    expect(ended.code).toBe(0);
    const lives = both.find((desktop) => desktop !== ended.desktop);
    if (lives === undefined) throw new Error('Both ended.');
    await until('the window that the second start asked for', async () => (await openWindows(lives)).length === 1);
    await (await lives.page()).getByLabel('Paste your access token').waitFor();
    expect((await lives.tray()).made).toBe(1);
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
    let desktop = await trial.start();
    await connect(desktop);
    trial.meta.faults.set({ kind: 'candidate', change: { expiry: { livesMs: 60 * DAY } } });
    for (const way of ['quit', 'kill'] as const) {
      trial.meta.faults.add({ kind: 'latency', ms: 1_500, on: 'exchange' });
      const renewals = trial.meta.journal.count({ endpoint: 'exchange' });
      trial.house.advance(31 * DAY);
      // Within the delay: Meta has the question and has not answered it.
      await new Promise((resolve) => setTimeout(resolve, 700));
      if (way === 'quit') await desktop.quit();
      else await desktop.kill();
      if (way === 'quit') {
        expect(await desktop.exited).toBe(0);
        expect(trial.meta.journal.count({ endpoint: 'exchange' })).toBeGreaterThan(renewals);
      }
      desktop = await trial.start(['--hidden']);
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
});
