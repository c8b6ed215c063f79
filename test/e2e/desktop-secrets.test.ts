import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { chromiumHere, keyringHere } from '../requirements.ts';
import { card, connectInWindow, type DesktopTrial, openDesktopTrial, trayBecomes, wordsFor } from './desktop-house.ts';
import { filesBelow, foundIn } from './secret-hunt.ts';

describe.runIf(keyringHere() && chromiumHere())('the secret and the page', () => {
  let trial: DesktopTrial;
  beforeEach(async () => {
    trial = await openDesktopTrial({ seed: 33 });
  });
  afterEach(() => trial.end());

  it('a secret goes in once and never comes back: not over IPC, nor in the page, its storage, the profile, settings, logs or output', { timeout: 90_000 }, async () => {
    const { meta, house, keyring } = trial;
    // Meta echoes tokens in its errors, as it does in life.
    meta.faults.add({ kind: 'wording', wording: { echoToken: true } });
    const wrongSecret = 'practice-secret-that-is-wrong-12345678';
    const short = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: 2 * HOUR, issuedAt: false });
    const robot = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
    const desktop = await trial.start();
    const page = await desktop.page();

    await connectInWindow(page, { token: `${short}x`, appId: SHOP.appId, appSecret: wrongSecret });
    await page.getByRole('alert').filter({ hasText: /\w/ }).waitFor();
    const environment = `WHATSAPP_ACCESS_TOKEN=${short}\nFACEBOOK_APP_ID=${SHOP.appId}\nFACEBOOK_APP_SECRET=${SHOP.appSecret}\n`;
    await page.getByLabel('Paste your access token').fill(environment);
    await page.getByLabel('App id', { exact: true }).fill('');
    await page.getByLabel('App secret', { exact: true }).fill('');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await card(page, SHOP.verifiedName).locator('.card-reason', { hasText: 'The token is valid until' }).waitFor();
    await trayBecomes(desktop, wordsFor('healthy'));

    await card(page, SHOP.verifiedName).getByRole('button', { name: 'Replace…' }).click();
    await page.getByLabel('Paste the new access token').fill(robot);
    await page.getByRole('button', { name: 'Use this token' }).click();
    await page.getByRole('button', { name: 'Use it anyway' }).click();
    await card(page, SHOP.verifiedName).getByText('The new token is in use').waitFor();
    await card(page, SHOP.verifiedName).getByRole('button', { name: 'Refresh now' }).click();
    await card(page, SHOP.verifiedName).getByText(/was renewed|no longer life/).waitFor();
    await card(page, SHOP.verifiedName).getByRole('button', { name: /^Details/ }).click();

    // Every token that the keychain ever got, besides those that were pasted.
    const stored = (await keyring.secretTool(['search', '--all', 'service', 'Evertoken'])).stdout;
    const kept = [...new Set(stored.match(/EAA[\w-]{20,}/g) ?? [])];
    expect(kept).toContain(robot);
    expect(kept.length).toBeGreaterThanOrEqual(3);
    const secrets = [...new Set([...kept, short, robot, SHOP.appSecret, wrongSecret])];

    const traffic = await desktop.ipcTraffic();
    const sentBack = traffic.filter(({ kind }) => kind !== 'request').map(({ channel, kind, json }) => ({ path: `${kind} on ${channel}`, text: json }));
    expect(sentBack.length).toBeGreaterThan(10);
    expect(foundIn(sentBack, secrets)).toEqual([]);
    const crossings = (secret: string): number => traffic.filter(({ kind, json }) => kind === 'request' && json.includes(secret)).length;
    expect([crossings(robot), crossings(SHOP.appSecret), crossings(wrongSecret)]).toEqual([1, 1, 1]);

    const dom = await page.evaluate<Record<string, string>>(`({
      html: document.documentElement.outerHTML,
      values: [...document.querySelectorAll('input, textarea')].map((field) => field.value).join(' '),
      storage: JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
      cookies: document.cookie,
      address: location.href,
    })`);
    const places = [
      ...Object.entries(dom).map(([path, text]) => ({ path, text })),
      { path: 'output', text: desktop.stdout() + desktop.stderr() },
      ...filesBelow(house.dataFolder),
    ];
    const profile = await desktop.profileFolder();
    expect(places.some(({ path }) => path.startsWith(profile))).toBe(true);
    expect(places.some(({ path }) => path.endsWith('evertoken.log'))).toBe(true);
    expect(foundIn(places, secrets)).toEqual([]);
    // That the hunt would find what is there.
    expect(foundIn([{ path: 'keychain', text: stored }], secrets)).not.toEqual([]);
    await desktop.quit();
    expect(foundIn(filesBelow(house.dataFolder), secrets)).toEqual([]);
  });
});
