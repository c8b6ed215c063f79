import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll } from '@electron/asar';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY, MINUTE } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { type Desktop, until } from '../host/desktop.ts';
import { packLinuxDir } from '../packaging/pack.ts';
import { chromiumHere, keyringHere } from '../requirements.ts';
import { card, connectInWindow, type DesktopTrial, openDesktopTrial, openWindows, type StartExtra, trayBecomes, wordsFor } from './desktop-house.ts';

/** The bodies of the notifications that tell of a rung of the ladder, in the order in which they were shown. */
async function rungsShown(desktop: Desktop): Promise<readonly string[]> {
  return (await desktop.notifications()).map(({ body }) => body).filter((body) => body.includes('The token ends in'));
}

/** The app as it is built, and as it is packed: what to start. */
const APPS: readonly (readonly [string, () => Promise<StartExtra>])[] = [
  ['the built desktop app', () => Promise.resolve({})],
  ['the desktop app from the unpacked archive', unpackedApp],
];

/** Takes the packed archive apart, as the system would see it, with its icons beside it. */
async function unpackedApp(): Promise<StartExtra> {
  const { resources } = await packLinuxDir();
  const folder = mkdtempSync(join(tmpdir(), 'evertoken-unpacked-'));
  extractAll(join(resources, 'app.asar'), folder);
  return { mainFile: join(folder, 'dist', 'main.js'), env: { EVERTOKEN_HOST_APP: folder, EVERTOKEN_HOST_RESOURCES: resources } };
}

describe.runIf(keyringHere() && chromiumHere()).each(APPS)('the main job on %s', (_name, app) => {
  let trial: DesktopTrial;
  let extra: StartExtra = {};
  beforeAll(async () => {
    extra = await app();
  }, 120_000);
  beforeEach(async () => {
    trial = await openDesktopTrial();
  });
  afterEach(() => trial.end());

  it('from the first paste through the ladder and a restart to one click that renews; and in a second life through an expiry to a new token', { timeout: 120_000 }, async () => {
    const { meta, house } = trial;
    const short = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: 90 * MINUTE, issuedAt: false, dataAccessMs: null });
    let desktop = await trial.start([], extra);
    let page = await desktop.page();
    await trayBecomes(desktop, wordsFor('needs-set-up'));
    await connectInWindow(page, { token: short, appId: SHOP.appId, appSecret: SHOP.appSecret });
    await card(page, SHOP.verifiedName).locator('.card-reason', { hasText: 'The token is valid until' }).waitFor();
    // Green already with the short-lived token: what follows must not begin before that was exchanged.
    await card(page, SHOP.verifiedName).getByText('was exchanged at once').waitFor();
    await trayBecomes(desktop, wordsFor('healthy'));
    expect(await desktop.notifications()).toEqual([]);
    expect(meta.journal.count({ endpoint: 'exchange' })).toBe(1);

    // The ladder, with renewal blocked.
    const end = meta.clock.now() + 60 * DAY;
    meta.faults.set({ kind: 'server-error', status: 503, on: 'exchange' });
    house.advance(end - house.now() - 10 * DAY);
    await trayBecomes(desktop, wordsFor('soon', 2));
    // The icon shows what is; the alert is saved first and told a moment later.
    await until('the first rung', async () => (await rungsShown(desktop)).length > 0);
    expect((await rungsShown(desktop)).map((body) => /ends in [^,]+/.exec(body)?.[0])).toEqual(['ends in 9 days']);
    await card(page, SHOP.verifiedName).getByText('The token ends in 9 days').first().waitFor();

    house.advance(end - house.now() - 2 * DAY);
    await trayBecomes(desktop, wordsFor('urgent', 1));
    await until('the second rung', async () => (await rungsShown(desktop)).length > 1);
    expect(await rungsShown(desktop)).toHaveLength(2);

    // A restart in between, in the tray only, repeats nothing.
    await desktop.quit();
    desktop = await trial.start(['--hidden'], extra);
    await trayBecomes(desktop, wordsFor('urgent', 1));
    expect(await openWindows(desktop)).toEqual([]);
    expect(await desktop.notifications()).toEqual([]);

    house.advance(end - house.now() - 20 * MINUTE);
    await until('the last rung', async () => (await rungsShown(desktop)).length === 1);
    const [last] = await desktop.notifications();
    expect(last).toMatchObject({ title: 'Your WhatsApp bot needs you now', actions: ['Refresh now'], state: 'shown' });
    expect(last?.body).toMatch(/^Corner Shop: The token ends in (19|20) minutes, on /);
    await trayBecomes(desktop, wordsFor('urgent', 1));

    // Unblocked, one click on the notification's button renews: Meta extends this token, as it does where it wants to.
    meta.faults.set({ kind: 'candidate', change: { expiry: { livesMs: 60 * DAY } } });
    await desktop.actNotification(last?.index ?? 0, 0);
    await trayBecomes(desktop, wordsFor('healthy'));
    await until('the alert is withdrawn', async () => (await desktop.notifications())[0]?.state === 'closed');
    const said = await until('how it went', async () => (await desktop.notifications()).find(({ title }) => title === 'Evertoken refreshed the token'));
    expect(said.body).toMatch(/^The token was renewed\. It is valid until/);

    // A second life: it expires, and only a new token helps.
    meta.faults.set({ kind: 'server-error', status: 503, on: 'exchange' });
    house.advance(61 * DAY);
    await trayBecomes(desktop, wordsFor('broken'));
    await desktop.clickTray();
    page = await desktop.page();
    await card(page, SHOP.verifiedName).getByText('An expired token cannot be renewed.').first().waitFor();
    const told = await until('the end is told', async () => (await desktop.notifications()).find(({ title }) => title === 'Your WhatsApp bot cannot send'));
    expect(told.actions).toEqual([]);
    meta.faults.clear();
    const fresh = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
    await card(page, SHOP.verifiedName).getByRole('button', { name: 'Paste a new token' }).click();
    await page.getByLabel('Paste the new access token').fill(fresh);
    await page.getByRole('button', { name: 'Use this token' }).click();
    await page.getByRole('button', { name: 'Use it anyway' }).click();
    await trayBecomes(desktop, wordsFor('healthy'));
    await card(page, SHOP.verifiedName).locator('.card-reason', { hasText: 'The token is valid until' }).waitFor();
    expect((await desktop.violations())).toEqual([]);
    await desktop.quit();
    expect(await desktop.exited).toBe(0);
  });
});
