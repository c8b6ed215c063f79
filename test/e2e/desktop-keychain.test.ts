import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SHOP } from '../../src-main/practice/shop.ts';
import { chromiumHere, keyringHere } from '../requirements.ts';
import { card, connectRobot, type DesktopTrial, openDesktopTrial, trayBecomes, wordsFor } from './desktop-house.ts';

describe.runIf(keyringHere() && chromiumHere())('a keychain that is locked and unlocked while the desktop app runs', () => {
  let trial: DesktopTrial;
  beforeEach(async () => {
    trial = await openDesktopTrial({ seed: 91 });
  });
  afterEach(() => trial.end());

  it('the tray says so and recovers by itself, both when the app was running and when it started locked; the owner is asked nothing again', { timeout: 120_000 }, async () => {
    const { keyring } = trial;
    let desktop = await trial.start();
    const page = await desktop.page();
    await connectRobot(trial, desktop);
    await trayBecomes(desktop, wordsFor('healthy'));

    await keyring.lock();
    await trayBecomes(desktop, wordsFor('keychain-locked'), 40_000);
    await page.getByText('Evertoken goes on with the tokens it holds in memory').first().waitFor();
    expect(await keyring.unlock()).toBe(true);
    await trayBecomes(desktop, wordsFor('healthy'), 40_000);
    await desktop.quit();

    await keyring.lock();
    desktop = await trial.start(['--hidden']);
    await trayBecomes(desktop, wordsFor('keychain-locked'), 40_000);
    expect(await keyring.unlock()).toBe(true);
    await trayBecomes(desktop, wordsFor('healthy'), 40_000);
    await desktop.clickTray();
    const again = await desktop.page();
    await card(again, SHOP.verifiedName).locator('.card-reason', { hasText: 'The token is valid until' }).waitFor();
    expect(await again.getByLabel('Paste your access token').count()).toBe(0);
  });
});
