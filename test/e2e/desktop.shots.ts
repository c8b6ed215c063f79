import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { card, connectInWindow, type DesktopTrial, openDesktopTrial, trayBecomes, wordsFor } from './desktop-house.ts';

const folder = process.env['EVERTOKEN_SCREENSHOTS'] ?? 'release/screenshots';
mkdirSync(folder, { recursive: true });

let trial: DesktopTrial;
beforeAll(async () => {
  trial = await openDesktopTrial({ seed: 5 });
});
afterAll(() => trial.end());

/** The whole app at work, against a simulated Meta: what stands in the README. */
it('the app itself, for the README', async () => {
  const { meta, house } = trial;
  const desktop = await trial.start();
  const page = await desktop.page();
  await page.setViewportSize({ width: 900, height: 620 });
  const token = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
  await connectInWindow(page, { token, appId: SHOP.appId, appSecret: SHOP.appSecret, phoneNumberId: SHOP.phoneNumberId });
  await trayBecomes(desktop, wordsFor('healthy'));
  house.advance(3 * DAY);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await card(page, SHOP.verifiedName).getByRole('button', { name: 'Put this message away' }).click();
  await card(page, SHOP.verifiedName).getByRole('button', { name: /^Details/ }).click();
  await card(page, SHOP.verifiedName).getByText('3 days ago').waitFor();
  const picture = await page.screenshot({ path: join(folder, 'readme.png') });
  expect(picture.length).toBeGreaterThan(1_000);
});
