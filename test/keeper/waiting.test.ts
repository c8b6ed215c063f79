import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY, MINUTE, SECOND } from '../../src-main/core/time.ts';
import type { HandedToken } from '../../src-main/keeper/api.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { buildKeeperHouse, type KeeperHouse } from './keeper-house.ts';
import { holdUp } from './hold-up.ts';

describe('callers that come while a renewal runs', () => {
  let house: KeeperHouse;

  beforeEach(async () => {
    house = await buildKeeperHouse();
  });
  afterEach(async () => {
    vi.useRealTimers();
    await house.stop();
  });

  const connect = async (expiresInMs: number): Promise<string> => {
    await house.connect({ token: house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs }) });
    return house.only().id;
  };

  /** A renewal that has come as far as asking Meta for a new token, and waits there. */
  const renewalHeldUp = async (id: string): Promise<{ readonly renewing: Promise<unknown>; readonly goOn: () => void }> => {
    const exchange = holdUp(house.ports.meta, 'exchangeToken');
    const renewing = house.keeper.refresh(id);
    await exchange.reached;
    return { renewing, goOn: exchange.goOn };
  };

  it('share one wait, all ten thousand, and get the renewed token', async () => {
    const id = await connect(60 * DAY);
    house.advance(31 * DAY);
    const before = await house.keeper.accessToken(id);
    const { renewing, goOn } = await renewalHeldUp(id);
    // Who does not wait gets the old token meanwhile, and does not keep the others from waiting.
    expect(house.keeper.currentToken(id)).toMatchObject({ token: before?.token });
    const calls = Array.from({ length: 10_000 }, () => house.keeper.accessToken(id));
    expect(new Set(calls).size).toBe(1);
    goOn();
    await renewing;
    const [answer] = await Promise.all(calls);
    expect(answer?.token).not.toBe(before?.token);
    expect(answer?.fingerprint).toBe(house.only().fingerprint);
    expect(house.meta.journal.count({ endpoint: 'exchange' })).toBe(1);
  });

  it('wait five seconds at most while the token in use is good, and only once for each renewal', async () => {
    const id = await connect(60 * DAY);
    house.advance(31 * DAY);
    const before = house.keeper.currentToken(id);
    const { renewing, goOn } = await renewalHeldUp(id);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answers: (HandedToken | null)[] = [];
    void house.keeper.accessToken(id).then((answer) => answers.push(answer));
    await vi.advanceTimersByTimeAsync(5 * SECOND - 1);
    expect(answers).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(answers).toEqual([before]);
    // No timer moves any more: these would wait for ever.
    expect(await house.keeper.accessToken(id)).toEqual(before);
    expect(await house.keeper.accessToken(id)).toEqual(before);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    goOn();
    await renewing;
    expect((await house.keeper.accessToken(id))?.token).not.toBe(before?.token);
  });

  it('wait again for the next renewal', async () => {
    const id = await connect(60 * DAY);
    house.advance(31 * DAY);
    const first = await renewalHeldUp(id);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    void house.keeper.accessToken(id);
    await vi.advanceTimersByTimeAsync(5 * SECOND);
    vi.useRealTimers();
    first.goOn();
    await first.renewing;
    house.advance(31 * DAY);
    const before = house.keeper.currentToken(id);
    const second = await renewalHeldUp(id);
    const call = house.keeper.accessToken(id);
    second.goOn();
    expect((await call)?.token).not.toBe(before?.token);
    await second.renewing;
  });

  it('wait twenty seconds where the token is about to end', async () => {
    const id = await connect(60 * DAY);
    const exchange = holdUp(house.ports.meta, 'exchangeToken');
    house.advance(60 * DAY - 10 * MINUTE);
    const before = house.keeper.currentToken(id);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answers: (HandedToken | null)[] = [];
    const call = house.keeper.accessToken(id).then((answer) => answers.push(answer));
    await vi.advanceTimersByTimeAsync(20 * SECOND - 1);
    expect(answers).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await call;
    expect(answers).toMatchObject([{ token: before?.token }]);
    vi.useRealTimers();
    exchange.goOn();
    await house.keeper.stop();
  });
});

describe('the token as it stands', () => {
  let house: KeeperHouse;

  beforeEach(async () => {
    house = await buildKeeperHouse();
  });
  afterEach(() => house.stop());

  it('is answered at once and renews nothing, however near its end', async () => {
    const token = house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY });
    await house.connect({ token });
    house.advance(60 * DAY - MINUTE);
    expect(house.keeper.currentToken(house.only().id)).toMatchObject({ token, fingerprint: house.only().fingerprint });
    await house.keeper.stop();
    expect(house.meta.journal.count({ endpoint: 'exchange' })).toBe(0);
  });

  it('is the same that a waiting caller gets', async () => {
    await house.connect({ token: house.meta.world.issueToken({ appId: SHOP.appId, userId: SHOP.robotId, expiresInMs: 60 * DAY }) });
    const { id } = house.only();
    expect(house.keeper.currentToken(id)).toBe(await house.keeper.accessToken(id));
  });

  it('is null for a connection that nobody made', () => {
    expect(house.keeper.currentToken('c-nobody')).toBeNull();
  });
});
