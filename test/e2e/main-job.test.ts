import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionView } from '../../src-main/contract/status.ts';
import { DAY, HOUR, MINUTE } from '../../src-main/core/time.ts';
import { type PracticeMeta, startPracticeMeta } from '../../src-main/practice/meta.ts';
import { openShop, SHOP } from '../../src-main/practice/shop.ts';
import { type KeyringSession, startKeyring } from '../keychain/session.ts';
import { keyringHere } from '../requirements.ts';
import { buildHouse, type TrialHouse } from './running-server.ts';

/** Days of life left by the trial's clock. */
function daysLeft(house: TrialHouse, view: ConnectionView): number {
  return view.expiresAt === null ? Number.POSITIVE_INFINITY : (Date.parse(view.expiresAt) - house.now()) / DAY;
}

function exchanges(meta: PracticeMeta): number {
  return meta.journal.count({ endpoint: 'exchange' });
}

describe.runIf(keyringHere())('the main job on the built program, over HTTP, with a real keyring', () => {
  let meta: PracticeMeta;
  let keyring: KeyringSession;
  let house: TrialHouse;

  beforeEach(async () => {
    meta = await startPracticeMeta({ seed: 7 });
    openShop(meta.world);
    keyring = await startKeyring();
    house = await buildHouse(meta, keyring.env);
  });
  afterEach(async () => {
    await keyring.stop();
    await meta.stop();
    house.cleanUp();
  });

  const importEnv = async (token: string): Promise<void> => {
    const env = house.file('bot.env', `# my bot\nWHATSAPP_ACCESS_TOKEN="${token}"\nFACEBOOK_APP_ID=${SHOP.appId}\nFACEBOOK_APP_SECRET=${SHOP.appSecret}\n`);
    const ran = await house.cli(['import-env', env]);
    expect(ran, ran.stderr).toMatchObject({ code: 0 });
  };

  it('imports a .env, exchanges the short-lived token at once, keeps it in the keyring, and renews it past half of its life', async () => {
    const short = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: 90 * MINUTE, issuedAt: false });
    const server = await house.start();
    await importEnv(short);
    const view = await server.only();
    expect(view).toMatchObject({ health: 'healthy', kind: 'long-lived', phoneNumberId: SHOP.phoneNumberId, wabaId: SHOP.wabaId, number: SHOP.display, alerts: [] });
    expect(daysLeft(house, view)).toBeGreaterThan(59);
    expect(exchanges(meta)).toBe(1);

    const stored = await keyring.secretTool(['search', '--all', 'service', 'Evertoken']);
    const lastFour = view.fingerprint?.slice(1, 5) ?? 'none';
    expect(stored.stdout).toMatch(new RegExp(`^secret = .*EAA.*${lastFour}$`, 'm'));
    expect(stored.stdout).toContain(SHOP.appSecret);
    expect(meta.journal.entries({ endpoint: 'number' }).map((entry) => entry.tokenLastFour)).toContain(lastFour);

    meta.faults.set({ kind: 'candidate', change: { expiry: { livesMs: 60 * DAY } } });
    house.advance(31 * DAY);
    const renewed = await server.until('renewed past half of its life', (now) => now.fingerprint !== view.fingerprint);
    expect(daysLeft(house, renewed)).toBeGreaterThan(59);
    expect(renewed).toMatchObject({ health: 'healthy', alerts: [] });
    await server.stop();
  });

  it('steps through the ladder while renewal is blocked, each rung once, also across restarts, and withdraws all when it works again', async () => {
    const token = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
    let server = await house.start();
    await importEnv(token);
    const first = await server.only();
    meta.faults.set({ kind: 'server-error', status: 503, on: 'exchange' });
    const told: string[] = [];
    const printedRungs = (): readonly string[] => house.printed().split('\n').filter((line) => line.includes('The token ends in'));
    const end = Date.parse(first.expiresAt ?? '');
    for (const [left, rung, health] of LADDER) {
      house.advance(end - house.now() - left);
      const view = await server.until(`the rung ${rung}`, (now) => now.alerts.some((alert) => alert.rung === rung));
      expect(view.health).toBe(health);
      expect(view.alerts.filter((alert) => alert.code === 'expiry')).toHaveLength(1);
      told.push(...view.alerts.filter((alert) => alert.code === 'expiry').map((alert) => String(alert.rung)));
      expect(view.fingerprint).toBe(first.fingerprint);
      // An alert is saved before it is told: a kill right after it stands in the status could come in between.
      await server.until(`the rung ${rung} is printed`, () => printedRungs().length === told.length);
      if (rung === '7d') {
        await server.stop();
        server = await house.start();
      }
      if (rung === '1d') {
        await server.kill();
        server = await house.start();
      }
    }
    expect(told).toEqual(['14d', '7d', '3d', '1d', '6h', '1h', '30m']);
    expect(printedRungs()).toHaveLength(LADDER.length);

    meta.faults.clear();
    const outcome = await server.refresh();
    expect(outcome).toMatchObject({ ok: true, code: 'renewed' });
    const healed = await server.only();
    expect(healed).toMatchObject({ health: 'healthy', alerts: [] });
    expect(daysLeft(house, healed)).toBeGreaterThan(59);
    await server.stop();
  });

  it('keeps a System User 60-day token alive for a simulated year', async () => {
    const token = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
    const server = await house.start();
    await importEnv(token);
    let fingerprint = (await server.only()).fingerprint;
    let renewals = 0;
    for (let day = 0; day < 365; day += 5) {
      const before = await server.only();
      house.advance(5 * DAY);
      const due = before.nextRenewal !== null && Date.parse(before.nextRenewal) <= house.now();
      const view = await server.until(`a check on day ${day + 5}`, (now) => Date.parse(now.lastCheck ?? '') >= house.now() - MINUTE && (!due || now.fingerprint !== before.fingerprint));
      expect(view.health).toBe('healthy');
      expect(daysLeft(house, view)).toBeGreaterThan(25);
      if (view.fingerprint !== fingerprint) renewals += 1;
      fingerprint = view.fingerprint;
    }
    expect(renewals).toBeGreaterThanOrEqual(10);
    expect(exchanges(meta)).toBe(renewals);
    expect(meta.journal.entries().filter((entry) => entry.endpoint === 'exchange').every((entry) => entry.sixtyDays)).toBe(true);
    await server.stop();
  });

  it('tells the owner early, in words, that Meta does not extend a user token', async () => {
    const token = meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: 60 * DAY, dataAccessMs: null });
    const server = await house.start();
    await importEnv(token);
    meta.faults.set({ kind: 'candidate', change: { string: 'same' } });
    for (let day = 31; day <= 34; day += 1) {
      const tried = exchanges(meta);
      house.advance(day === 31 ? 31 * DAY : DAY + HOUR);
      await server.until(`try number ${tried + 1}`, () => exchanges(meta) > tried);
    }
    const view = await server.until('told', (now) => now.alerts.some((alert) => alert.code === 'cannot-extend'));
    const words = view.alerts.find((alert) => alert.code === 'cannot-extend')?.text ?? '';
    expect(words).toMatch(/cannot be extended/);
    expect(words).toMatch(/System User/);
    expect(view.health).toBe('healthy');
    expect(daysLeft(house, view)).toBeGreaterThan(20);
    await server.stop();
  });
});

const LADDER: readonly (readonly [left: number, rung: string, health: string])[] = [
  [10 * DAY, '14d', 'soon'],
  [6 * DAY, '7d', 'soon'],
  [2 * DAY, '3d', 'urgent'],
  [20 * HOUR, '1d', 'urgent'],
  [5 * HOUR, '6h', 'urgent'],
  [50 * MINUTE, '1h', 'urgent'],
  [20 * MINUTE, '30m', 'urgent'],
];
