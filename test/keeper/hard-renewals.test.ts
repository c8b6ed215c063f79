import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { buildKeeperHouse, keychainLike, type KeeperHouse } from './keeper-house.ts';

describe('renewals that Meta makes hard', () => {
  let house: KeeperHouse;
  let vault: ReturnType<typeof keychainLike>;

  beforeEach(async () => {
    vault = keychainLike();
    house = await buildKeeperHouse(vault);
  });
  afterEach(() => house.stop());

  const robotToken = (): string => house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
  const connect = (token: string, input = {}): ReturnType<KeeperHouse['connect']> => house.connect({ token, phoneNumberId: SHOP.phoneNumberId, wabaId: SHOP.wabaId, ...input });
  const inUse = async (): Promise<string> => (await house.keeper.accessToken(house.only().id))?.token ?? 'none';
  const isAlive = async (): Promise<boolean> => house.meta.world.whyDead(house.meta.world.token(await inUse())) === null;

  it.each([
    ['a policy lock', { kind: 'refuse', row: '368' }],
    ['an error nobody knows', { kind: 'error', error: { code: 99_999, message: 'Something new' } }],
    ['a server that fails', { kind: 'server-error', status: 503 }],
  ] as const)('lives on although reading the number meets %s', async (_name, fault) => {
    await connect(robotToken());
    house.advance(10 * DAY);
    house.meta.faults.set({ ...fault, on: 'number' } as Parameters<typeof house.meta.faults.set>[0]);
    await house.pass(70 * DAY, 6 * HOUR);
    expect(await isAlive()).toBe(true);
    expect(house.only().health).not.toBe('expired');
  });

  it('warns only, when a renewed token lost the management permission', async () => {
    await connect(robotToken());
    house.meta.faults.set({ kind: 'candidate', change: { withoutScopes: ['whatsapp_business_management'] } });
    await house.pass(32 * DAY, 12 * HOUR);
    expect(Date.parse(house.only().expiresAt ?? '')).toBeGreaterThan(house.now() + 55 * DAY);
    expect(house.told.map((alert) => alert.code)).toEqual(['scopes-lost']);
  });

  it('keeps the old token when the renewed one may not send or does not reach the number, says why, and says it once', async () => {
    await connect(robotToken());
    house.meta.faults.set({ kind: 'candidate', change: { wabas: [] } });
    house.meta.faults.add({ kind: 'drop', afterEffect: false, when: () => Math.floor(house.now() / (8 * HOUR)) % 3 === 0 });
    const before = await inUse();
    await house.pass(40 * DAY, 4 * HOUR);
    expect(await inUse()).toBe(before);
    const told = house.told.filter((alert) => alert.code === 'renewal-worse');
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toMatch(/does not reach the phone number/);
  });

  it('takes gains of seconds for no progress and tells the owner early', async () => {
    await connect(robotToken());
    const end = Date.parse(house.only().expiresAt ?? '');
    const before = await inUse();
    await house.pass(29 * DAY, DAY);
    for (let hours = 0; hours < 5 * 24; hours += 6) {
      house.meta.faults.set({ kind: 'candidate', change: { expiry: { livesMs: end + 5_000 - house.now() - 6 * HOUR } } });
      await house.pass(6 * HOUR, 6 * HOUR);
    }
    expect(house.told.map((alert) => alert.code)).toEqual(['cannot-extend']);
    expect(await inUse()).toBe(before);
  });

  it('does not tell of refused app credentials again and again when only the exchange refuses them', async () => {
    await connect(robotToken());
    house.meta.faults.set({ kind: 'error', error: { code: 1, message: 'Error validating client secret.' }, on: 'exchange' });
    await house.pass(36 * DAY, HOUR);
    const codes = house.told.map((alert) => alert.code);
    expect(codes.filter((code) => code === 'renewal-failing').length).toBeLessThanOrEqual(1);
    // At once, then daily until acknowledged.
    expect(codes.filter((code) => code === 'app-credentials-refused').length).toBeLessThanOrEqual(7);
    house.meta.faults.clear();
    expect(await house.keeper.refresh(house.only().id)).toMatchObject({ code: 'renewed' });
    expect(house.only()).toMatchObject({ health: 'healthy', alerts: [] });
  });

  it('says what to do in the last hours instead of "nothing to do"', async () => {
    await connect(robotToken());
    house.meta.faults.set({ kind: 'server-error', status: 503, on: 'exchange' });
    house.advance(60 * DAY - 20 * 60_000);
    await house.keeper.tick();
    const texts = [house.only().advice, ...house.only().alerts.map((alert) => alert.text)].join('\n');
    expect(texts).not.toMatch(/nothing to do/i);
    expect(texts).toMatch(/Make a new token/);
  });

  it('finds an app secret that vanished from an open keychain, says so, and takes it again without a new token', async () => {
    const token = robotToken();
    await connect(token);
    const [account] = [...vault.items].find(([, secret]) => secret === SHOP.appSecret) ?? [];
    vault.items.delete(account ?? 'none');
    await house.restart();
    expect(house.only().reasonCodes).toContain('app-secret-lost');
    expect(house.told.map((alert) => alert.code)).toEqual(['app-secret-lost']);
    const outcome = await house.keeper.replace(house.only().id, { token: null, app: { appId: SHOP.appId, appSecret: SHOP.appSecret }, confirmed: false });
    expect(outcome).toMatchObject({ ok: true, code: 'replaced' });
    expect(await inUse()).toBe(token);
    expect(house.only()).toMatchObject({ alerts: [], reasonCodes: ['healthy'] });
    expect(house.disk().connections[0]?.tokens).toHaveLength(1);
    house.advance(5 * DAY);
    expect(await house.keeper.refresh(house.only().id)).toMatchObject({ code: 'renewed' });
  });

  it('asks for something to replace when nothing was given', async () => {
    await connect(robotToken());
    expect(await house.keeper.replace(house.only().id, { token: null, app: null, confirmed: true })).toMatchObject({ ok: false, code: 'nothing-given' });
  });

  it('removes nothing while the keychain is locked', async () => {
    await connect(robotToken());
    vault.locked = true;
    expect(await house.keeper.remove(house.only().id)).toMatchObject({ ok: false, code: 'keychain-locked' });
    vault.locked = false;
    expect(house.keeper.status().connections).toHaveLength(1);
    expect(await house.keeper.remove(house.only().id)).toMatchObject({ ok: true });
    expect([...vault.items]).toEqual([]);
  });
});
