import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { holdUp } from './hold-up.ts';
import { buildKeeperHouse, type KeeperHouse } from './keeper-house.ts';

const REFUSED = { code: 190, message: 'Invalid OAuth access token.' };

describe("a bot's call that Meta refused", () => {
  let house: KeeperHouse;
  let id: string;
  let saves: number;

  beforeEach(async () => {
    house = await buildKeeperHouse();
    await house.connect({ token: robotToken(), phoneNumberId: SHOP.phoneNumberId });
    ({ id } = house.only());
    saves = 0;
    house.diskIsFull = () => {
      saves += 1;
      return false;
    };
  });
  afterEach(() => house.stop());

  const robotToken = (): string => house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
  const fingerprint = (): string => house.only().fingerprint ?? '';
  const refuse = (fault = REFUSED): void => house.keeper.tokenRefused(id, fingerprint(), fault);
  const checks = (): number => house.meta.journal.count({ endpoint: 'debug' });
  const codes = (): readonly string[] => house.only().alerts.map(({ code }) => code);
  const told = (): readonly string[] => house.told.map(({ code }) => code);
  const soon = (condition: () => void): Promise<void> => vi.waitFor(condition, { interval: 2, timeout: 5_000 });
  /** Refuses, and waits until that was looked into. */
  const refuseAndCheck = async (): Promise<void> => {
    const before = checks();
    refuse();
    await soon(() => expect([checks(), house.disk().connections[0]?.refusedCall?.validAt ?? null]).toEqual([before + 1, house.now()]));
  };

  it('is told at once, while Meta is being asked, and changes no health', async () => {
    const asking = holdUp(house.ports.meta, 'debugToken');
    refuse();
    await asking.reached;
    expect(house.told).toMatchObject([{ id: `${id}/call-refused/${house.disk().connections[0]?.currentTokenId}`, severity: 'urgent', text: 'Shop: Meta refused a call of your bot with this token (code 190). Evertoken is checking the token with Meta. Wait a moment, or check it now.' }]);
    expect(house.disk().connections[0]).toMatchObject({ refusedCall: { ...REFUSED, at: house.now(), validAt: null }, alerts: [{ code: 'call-refused' }] });
    expect(house.only().health).toBe('healthy');
    asking.goOn();
    await house.keeper.stop();
  });

  it('is told in other words once Meta calls the token valid all the same, and not a second time', async () => {
    await refuseAndCheck();
    expect(house.only()).toMatchObject({ health: 'healthy', alerts: [{ code: 'call-refused', text: expect.stringMatching(/^Shop: Meta refused .* \(code 190\), but says that the token is valid\. Meta's words: “Invalid OAuth access token\.” Look at what your bot sends/) as string }] });
    await soon(() => expect(house.disk().connections[0]?.alerts[0]?.text).toBe(house.only().alerts[0]?.text));
    expect(told()).toEqual(['call-refused']);
  });

  it.each<[string, (house: KeeperHouse) => void, string]>([
    ['a dead token', ({ meta }) => meta.world.removeApp(SHOP.robotId, SHOP.appId), 'revoked'],
    ['lost access', ({ meta }) => meta.world.unassign(SHOP.robotId, SHOP.wabaId), 'access-lost'],
  ])('gives way to %s that the check finds', async (_what, harm, health) => {
    harm(house);
    refuse();
    await soon(() => expect(codes()).toEqual([health]));
    expect(house.only().health).toBe(health);
    expect(told()).toEqual(['call-refused', health]);
    expect(house.withdrawn).toEqual([expect.stringContaining('/call-refused/')]);
    expect(house.disk().connections[0]?.refusedCall).toBeNull();
  });

  it('costs one check and one alert, were it ten thousand', async () => {
    const asking = holdUp(house.ports.meta, 'debugToken');
    const before = checks();
    for (let call = 0; call < 5_000; call += 1) refuse();
    await asking.reached;
    for (let call = 0; call < 5_000; call += 1) refuse();
    asking.goOn();
    await soon(() => expect(house.disk().connections[0]?.refusedCall?.validAt).toBe(house.now()));
    await house.pass(HOUR, MINUTE);
    expect([checks() - before, told()]).toEqual([1, ['call-refused']]);
    expect(saves).toBeLessThan(8);
  });

  it('is looked into again a minute later, not earlier, while calls go on being refused', async () => {
    await refuseAndCheck();
    const before = checks();
    for (let second = 0; second < 59; second += 1) {
      house.advance(1_000);
      refuse();
      await house.keeper.tick();
    }
    expect(checks()).toBe(before);
    house.advance(1_000);
    await house.keeper.tick();
    expect(checks()).toBe(before + 1);
    await house.pass(HOUR, MINUTE);
    expect(checks()).toBe(before + 1);
  });

  it('is no news of a token that is no longer in use, nor of a dead one', async () => {
    const old = fingerprint();
    house.advance(31 * DAY);
    await house.keeper.refresh(id);
    await house.keeper.check(id);
    const before = [checks(), saves];
    house.keeper.tokenRefused(id, old, REFUSED);
    house.keeper.tokenRefused('c-nobody', old, REFUSED);
    await house.keeper.tick();
    expect([checks(), saves]).toEqual(before);
    house.meta.world.removeApp(SHOP.robotId, SHOP.appId);
    await house.keeper.check(id);
    const after = [checks(), saves];
    refuse();
    await house.keeper.stop();
    expect([checks(), saves]).toEqual(after);
    expect(told()).toEqual(['revoked']);
  });

  it('is over when a call goes through, which else costs no save', async () => {
    house.keeper.tokenAccepted(id, fingerprint());
    await refuseAndCheck();
    house.keeper.tokenAccepted(id, '…0000 00000000');
    await soon(() => expect(codes()).toEqual(['call-refused']));
    house.keeper.tokenAccepted(id, fingerprint());
    await soon(() => expect(house.disk().connections[0]).toMatchObject({ refusedCall: null, alerts: [] }));
    expect(house.withdrawn).toHaveLength(1);
    const before = saves;
    for (let call = 0; call < 1_000; call += 1) house.keeper.tokenAccepted(id, fingerprint());
    await house.keeper.stop();
    expect(saves).toBe(before);
  });

  it('is neither told nor saved again and again where calls are refused and accepted in turn', async () => {
    for (let call = 0; call < 500; call += 1) {
      refuse();
      await new Promise(setImmediate);
      house.keeper.tokenAccepted(id, fingerprint());
      await new Promise(setImmediate);
    }
    await house.keeper.stop();
    expect(told()).toEqual(['call-refused']);
    expect(saves).toBeLessThan(10);
  });

  it('is not answered by a check that was under way before', async () => {
    const first = holdUp(house.ports.meta, 'debugToken');
    const checking = house.keeper.check(id);
    await first.reached;
    refuse();
    first.goOn();
    const second = holdUp(house.ports.meta, 'debugToken');
    await second.reached;
    expect(house.disk().connections[0]).toMatchObject({ refusedCall: { validAt: null }, lastCheck: { at: house.now() } });
    second.goOn();
    await checking;
    await soon(() => expect(house.disk().connections[0]?.refusedCall?.validAt).toBe(house.now()));
  });

  it('is over with the next token', async () => {
    await refuseAndCheck();
    expect(await house.keeper.replace(id, { token: robotToken(), app: null, confirmed: true })).toMatchObject({ ok: true });
    expect(house.disk().connections[0]).toMatchObject({ refusedCall: null, alerts: [] });
  });

  it('is over with a renewal that a caller set off, before the caller is answered', async () => {
    await refuseAndCheck();
    house.advance(60 * DAY - 20 * MINUTE);
    refuse();
    await house.keeper.accessToken(id);
    expect(codes()).toEqual([]);
  });

  it('holds against a restart, which repeats nothing', async () => {
    await refuseAndCheck();
    await house.keeper.stop();
    await house.restart();
    expect(codes()).toEqual(['call-refused']);
    expect(told()).toEqual(['call-refused']);
    house.keeper.tokenAccepted(id, fingerprint());
    expect(house.disk().connections[0]?.refusedCall).toBeNull();
  });

  it('is told again each day until the owner acknowledges it', async () => {
    await refuseAndCheck();
    await house.pass(50 * HOUR, HOUR);
    expect(told()).toEqual(['call-refused', 'call-refused', 'call-refused']);
    expect(house.told[1]?.text).toContain('says that the token is valid');
    await house.keeper.acknowledge(house.only().alerts[0]?.id ?? '');
    await house.pass(50 * HOUR, HOUR);
    expect(told()).toHaveLength(3);
  });

  it('says so where Meta does not answer', async () => {
    house.meta.faults.set({ kind: 'drop', afterEffect: false });
    refuse();
    await soon(() => expect(house.only().alerts[0]?.text).toContain('Meta does not answer just now'));
    expect(house.only().health).toBe('healthy');
  });

  it('keeps no secret that stands in the words of Meta', async () => {
    const token = house.keeper.currentToken(id)?.token ?? '';
    refuse({ code: 190, message: `Cannot parse ${token} of ${SHOP.appSecret} ${'x'.repeat(1_000)}` });
    await soon(() => expect(house.disk().connections[0]?.refusedCall?.validAt).toBe(house.now()));
    const kept = house.disk().connections[0]?.refusedCall?.message ?? '';
    expect(kept).toMatch(/^Cannot parse \[\*{3}\] of \[\*{3}\] x+$/);
    expect(kept).toHaveLength(300);
    expect(JSON.stringify(house.keeper.status()) + house.logged.join('')).not.toContain(token);
  });

  it('is told on a full disk as well', async () => {
    house.diskIsFull = () => true;
    refuse();
    await soon(() => expect(told()).toEqual(['call-refused']));
    house.diskIsFull = () => false;
    await house.keeper.stop();
  });

  it('is saved and told before the keeper stops', async () => {
    const { save } = house.ports.store;
    let goOn = (): void => undefined;
    const disk = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    house.ports.store.save = (state) => disk.then(() => save(state));
    refuse();
    let stopped = false;
    const stopping = house.keeper.stop().then(() => {
      stopped = true;
    });
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    expect(stopped).toBe(false);
    goOn();
    await stopping;
    expect(house.disk().connections[0]).toMatchObject({ refusedCall: REFUSED, alerts: [{ code: 'call-refused' }] });
  });

  it('is none any more once the keeper has stopped', async () => {
    await refuseAndCheck();
    await house.keeper.stop();
    const kept = [house.disk().connections[0], checks(), saves];
    house.advance(HOUR);
    house.keeper.tokenAccepted(id, fingerprint());
    refuse();
    await house.keeper.stop();
    expect([house.disk().connections[0], checks(), saves]).toEqual(kept);
  });

  it('is not even noted then', async () => {
    await house.keeper.stop();
    refuse();
    await house.keeper.stop();
    expect([saves, told()]).toEqual([0, []]);
  });
});
