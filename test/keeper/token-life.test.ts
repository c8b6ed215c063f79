import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { buildKeeperHouse, type KeeperHouse } from './keeper-house.ts';

describe('a token under the keeper, against the simulated Meta', () => {
  let house: KeeperHouse;

  beforeEach(async () => {
    house = await buildKeeperHouse();
  });
  afterEach(() => house.stop());

  const sixtyDays = (): string => house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
  const exchanges = (): number => house.meta.journal.count({ endpoint: 'exchange' });

  it('goes on renewing after a failed renewal', async () => {
    await house.connect({ token: sixtyDays() });
    house.meta.faults.add({ kind: 'server-error', status: 500, on: 'exchange', times: 1 });
    await house.pass(31 * DAY, 6 * HOUR);
    expect(exchanges()).toBeGreaterThanOrEqual(2);
    expect(house.only()).toMatchObject({ health: 'healthy', alerts: [] });
    expect(Date.parse(house.only().expiresAt ?? '')).toBeGreaterThan(house.now() + 55 * DAY);
  });

  it('does not renew before half of a 60-day life, however often it ticks', async () => {
    await house.connect({ token: sixtyDays() });
    await house.pass(29.9 * DAY, 2 * HOUR);
    expect(exchanges()).toBe(0);
    await house.pass(DAY, HOUR);
    expect(exchanges()).toBe(1);
  });

  it('never exchanges a token with expires_at 0, not even on demand', async () => {
    await house.connect({ token: house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: null }) });
    expect(house.only()).toMatchObject({ kind: 'never-expiring', expiresAt: null, nextRenewal: null, health: 'healthy' });
    await house.pass(400 * DAY, 5 * DAY);
    const outcome = await house.keeper.refresh(house.only().id);
    expect(outcome).toMatchObject({ ok: true, code: 'never-expiring' });
    expect(exchanges()).toBe(0);
    expect(house.told).toEqual([]);
  });

  it('raises no alert and says nothing definite in a week of silence', async () => {
    await house.connect({ token: sixtyDays() });
    house.meta.faults.set({ kind: 'drop', afterEffect: false });
    await house.pass(7 * DAY, 3 * HOUR);
    expect(house.only().health).toBe('unreachable');
    expect(house.told).toEqual([]);
    house.meta.faults.clear();
    await house.pass(7 * HOUR, HOUR);
    expect(house.only().health).toBe('healthy');
  });

  it('calls a token expired when it slept past the expiry: at once on wake, and within one tick', async () => {
    for (const how of ['wake', 'tick'] as const) {
      const other = await buildKeeperHouse();
      await other.connect({ token: other.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: 60 * DAY }), appId: null, appSecret: null });
      other.advance(61 * DAY);
      await other.keeper[how]();
      expect(other.only(), how).toMatchObject({ health: 'expired' });
      expect(other.only().advice).toMatch(/new token/);
      expect(other.only().reasons[0]).toMatch(/expired token cannot be renewed/);
      expect(other.told.map((alert) => alert.rung)).toEqual(['ended']);
      await other.stop();
    }
  });

  it('never says expired because the computer clock jumped', async () => {
    await house.connect({ token: sixtyDays(), appId: null, appSecret: null });
    house.jumpComputer(100 * DAY);
    await house.keeper.tick();
    expect(house.only().health).toBe('healthy');
    expect(house.only().reasonCodes).toContain('clock-wrong');
    expect(house.told).toEqual([]);

    house.meta.faults.set({ kind: 'drop', afterEffect: false });
    await house.restart();
    expect(house.only().health).not.toBe('expired');
    expect(house.told).toEqual([]);
  });

  it('renews in time although the computer clock was set back', async () => {
    await house.connect({ token: sixtyDays() });
    house.jumpComputer(-45 * DAY);
    await house.pass(58 * DAY, 6 * HOUR);
    expect(exchanges()).toBeGreaterThanOrEqual(1);
    expect(house.only().health).toBe('healthy');
  });

  it('warns of the end of data access and never calls it expired', async () => {
    const token = house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: null, dataAccessMs: 90 * DAY });
    await house.connect({ token });
    await house.pass(80 * DAY, DAY);
    expect(house.only().health).toBe('soon');
    await house.pass(15 * DAY, DAY);
    expect(house.only().health).toBe('urgent');
    expect(house.only().reasonCodes[0]).toBe('data-access-ended');
    expect(house.told.map((alert) => `${alert.code} ${alert.rung ?? ''}`)).toEqual(['data-access 14d', 'data-access 7d', 'data-access 3d', 'data-access 1d', 'data-access ended']);
    expect(exchanges()).toBe(0);
  });

  it('says that a password change killed the token, and withdraws that when a new one is pasted', async () => {
    await house.connect({ token: house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.ownerId, expiresInMs: 60 * DAY, dataAccessMs: null }) });
    house.meta.world.changePassword(SHOP.ownerId);
    await house.pass(7 * HOUR, HOUR);
    expect(house.only().health).toBe('revoked');
    expect(house.only().reasons[0]).toMatch(/password/);
    expect(house.told.map((alert) => alert.code)).toEqual(['revoked']);
    await house.pass(2 * DAY, HOUR);
    expect(house.told.map((alert) => alert.code)).toEqual(['revoked', 'revoked', 'revoked']);
    await house.keeper.acknowledge(house.only().alerts[0]?.id ?? '');
    await house.pass(2 * DAY, HOUR);
    expect(house.told).toHaveLength(3);

    const outcome = await house.keeper.replace(house.only().id, { token: sixtyDays(), app: null, confirmed: true });
    expect(outcome).toMatchObject({ ok: true, code: 'replaced' });
    expect(house.only()).toMatchObject({ health: 'healthy', alerts: [] });
    expect(house.withdrawn).toHaveLength(1);
  });

  it('renews a token within 30 minutes of its expiry before handing it out, once for all who ask', async () => {
    const token = house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
    await house.connect({ token });
    house.advance(60 * DAY - 20 * MINUTE);
    const handed = await Promise.all(Array.from({ length: 200 }, () => house.keeper.accessToken(house.only().id)));
    expect(exchanges()).toBe(1);
    expect(new Set(handed.map((one) => one?.token)).size).toBe(1);
    expect(handed[0]?.token).not.toBe(token);
    expect(handed[0]?.warning).toBeNull();
  });

  it('learns nothing from an owner who presses refresh on a fresh token, but from three tries past half of its life', async () => {
    await house.connect({ token: sixtyDays() });
    house.meta.faults.set({ kind: 'candidate', change: { string: 'same' } });
    for (let press = 0; press < 4; press += 1) {
      const outcome = await house.keeper.refresh(house.only().id);
      expect(outcome).toMatchObject({ ok: true, code: 'no-progress' });
      expect(outcome.message).toMatch(/this fresh, which is normal/);
    }
    expect(house.only()).toMatchObject({ health: 'healthy', alerts: [] });
    await house.pass(33.5 * DAY, 6 * HOUR);
    expect(house.told.map((alert) => alert.code)).toEqual(['cannot-extend']);
  });

  it('falls back to the best token known, with a warning, while renewal fails', async () => {
    const token = sixtyDays();
    await house.connect({ token });
    house.meta.faults.set({ kind: 'server-error', status: 503, on: 'exchange' });
    house.advance(60 * DAY - 10 * MINUTE);
    const handed = await house.keeper.accessToken(house.only().id);
    expect(handed?.token).toBe(token);
    expect(handed?.warning).toMatch(/ends in 9 minutes|ends in 10 minutes/);
  });
});
