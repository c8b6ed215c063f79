import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../../src-main/core/time.ts';
import { type Desktop, until } from '../host/desktop.ts';
import { chromiumHere, keyringHere } from '../requirements.ts';
import { connectRobot, type DesktopTrial, openDesktopTrial, trayBecomes, wordsFor } from './desktop-house.ts';

/** It is looked every fifteen seconds whether the network is there. */
const LOOKED = 40_000;

describe.runIf(keyringHere() && chromiumHere())('when the owner or the network is back', () => {
  let trial: DesktopTrial;
  let desktop: Desktop;
  beforeEach(async () => {
    trial = await openDesktopTrial({ seed: 73 });
    desktop = await trial.start();
    await connectRobot(trial, desktop);
    await trayBecomes(desktop, wordsFor('healthy'));
    // No check is due for hours: what follows is asked because of what happened.
    await until('all is quiet', async () => {
      const before = checks();
      await new Promise((resolve) => setTimeout(resolve, 700));
      return checks() === before;
    });
  });
  afterEach(() => trial.end());

  const checks = (): number => trial.meta.journal.count({ endpoint: 'debug' });
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1_000));

  it('Meta is asked at once after a sleep and after the screen was unlocked', async () => {
    for (const event of ['resume', 'unlock-screen'] as const) {
      const before = checks();
      await desktop.emitPower(event);
      await until(`a check after ${event}`, () => checks() > before);
      expect(checks()).toBeGreaterThan(before);
    }
  });

  it('after a sleep without a network it is waited for', async () => {
    const before = checks();
    await desktop.setOnline(false);
    await desktop.emitPower('resume');
    await pause();
    expect(checks()).toBe(before);
    await desktop.setOnline(true);
    await until('a check once the network is there', () => checks() > before, LOOKED);
  });

  it('the return of the network alone is noticed', async () => {
    await desktop.setOnline(false);
    // Long enough for one look.
    await new Promise((resolve) => setTimeout(resolve, 16_000));
    const before = checks();
    await desktop.setOnline(true);
    await until('a check', () => checks() > before, LOOKED);
    expect(checks()).toBeGreaterThan(before);
  });

  it('a clock that was moved is noticed', async () => {
    const before = checks();
    trial.house.advance(90 * MINUTE);
    await until('a check', () => checks() > before);
    expect((await desktop.tray()).alive).toBe(1);
  });
});
