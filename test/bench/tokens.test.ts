import { describe, expect, it } from 'vitest';
import { createInstantMeta } from './meta/instant-meta.ts';
import { makeToken, readToken, SIXTY_DAYS } from './meta/tokens.ts';

describe('the tokens of the benchmark', () => {
  it('say what they were made with', () => {
    const facts = { shop: 42, issuedAt: 1_900_000_000, expiresAt: 1_905_184_000 };
    expect(readToken(makeToken(facts))).toEqual(facts);
  });

  it('differ where shop or end differ', () => {
    const facts = { shop: 1, issuedAt: 1, expiresAt: 2 };
    const tokens = [facts, { ...facts, shop: 2 }, { ...facts, expiresAt: 3 }].map(makeToken);
    expect(new Set(tokens).size).toBe(3);
  });

  it('are nobody else’s', () => {
    expect(() => readToken('EAATestOfSomebodyElse')).toThrow(/not a token of the benchmark/);
  });
});

describe('the Meta that answers at once', () => {
  it('ends a token at its time and gives sixty days for a living one', async () => {
    let now = 1_900_000_000_000;
    const meta = createInstantMeta(() => now);
    const token = makeToken({ shop: 3, issuedAt: 1_899_999_000, expiresAt: 1_900_000_100 });
    expect(await meta.port.debugToken(token, null)).toMatchObject({ ok: true, value: { valid: true, expiry: { kind: 'at', at: 1_900_000_100_000 } } });
    const exchanged = await meta.port.exchangeToken(token, { appId: '1', appSecret: 'fake' }, true);
    expect(exchanged.ok ? readToken(exchanged.value) : null).toEqual({ shop: 3, issuedAt: 1_900_000_000, expiresAt: 1_900_000_000 + SIXTY_DAYS });
    now += 100_000;
    expect(await meta.port.debugToken(token, null)).toMatchObject({ ok: true, value: { valid: false, fault: { cause: 'expired' } } });
    expect(meta.calls).toEqual({ debug: 2, exchange: 1, access: 0 });
  });
});
