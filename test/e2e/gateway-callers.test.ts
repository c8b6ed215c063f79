import { afterEach, describe, expect, it } from 'vitest';
import { Pool } from 'undici';
import type { TokenAnswer } from '../../src-main/contract/admin.ts';
import { ADMIN_PATHS } from '../../src-main/contract/admin.ts';
import { DAY, MINUTE } from '../../src-main/core/time.ts';
import { type BotHouse, openBotHouse } from '../clients/bot-house.ts';

const CALLERS = 5_000;
/** How long a caller waits for a connection, and for its answer, ms: nothing here is about how long it takes. */
const PATIENCE = 100_000;
const LIMIT_MS = 120_000;

const open: BotHouse[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((house) => house.stop()));
});

/** A house whose token has ten minutes left, and a crowd with a connection each. */
async function crowded(): Promise<BotHouse & { readonly old: string; readonly crowd: Pool }> {
  const house = await openBotHouse({ lifeMs: 60 * DAY });
  open.push(house);
  const old = house.tokenInUse();
  house.house.advance(60 * DAY - 10 * MINUTE);
  house.house.meta.journal.clear();
  return { ...house, old, crowd: new Pool(house.address, { connections: CALLERS, pipelining: 1, headersTimeout: PATIENCE, connect: { timeout: PATIENCE } }) };
}

describe('five thousand callers at once, at a token with ten minutes left', () => {
  it('get the new token, each of them, for one exchange at Meta', { timeout: LIMIT_MS }, async () => {
    const { house, settings, connection, crowd, old, tokenInUse } = await crowded();
    const answers = await Promise.all(
      Array.from({ length: CALLERS }, async () => {
        const { statusCode, body } = await crowd.request({ path: `${ADMIN_PATHS.token}/${connection}/token`, method: 'GET', headers: { authorization: `Bearer ${settings.key}` } });
        return `${statusCode} ${((await body.json()) as Partial<TokenAnswer>).access_token ?? 'no token'}`;
      }),
    );
    await crowd.close();
    expect(tokenInUse()).not.toBe(old);
    expect(answers).toHaveLength(CALLERS);
    expect([...new Set(answers)]).toEqual([`200 ${tokenInUse()}`]);
    expect(house.meta.journal.count({ endpoint: 'exchange' })).toBe(1);
    expect(house.meta.world.token(tokenInUse()).expiresAt).toBe(house.now() + 60 * DAY);
  });

  it('send a message each through the gateway, all with the new token, none twice', { timeout: LIMIT_MS }, async () => {
    const { house, settings, crowd, tokenInUse, usage } = await crowded();
    const { pathname } = new URL(settings.base);
    const statuses = await Promise.all(
      Array.from({ length: CALLERS }, async (_, at) => {
        const { statusCode, body } = await crowd.request({
          path: `${pathname}/v26.0/${settings.phoneNumberId}/messages`,
          method: 'POST',
          headers: { authorization: `Bearer ${settings.key}`, 'content-type': 'application/json' },
          body: JSON.stringify({ messaging_product: 'whatsapp', to: String(15_550_100_000 + at), type: 'text', text: { body: 'Hello' } }),
        });
        await body.dump();
        return statusCode;
      }),
    );
    await crowd.close();
    expect([...new Set(statuses)]).toEqual([200]);
    const sent = house.meta.world.sent();
    expect(new Set(sent.map(({ to }) => to)).size).toBe(CALLERS);
    expect(sent).toHaveLength(CALLERS);
    expect([...new Set(sent.map(({ token }) => token))]).toEqual([house.meta.world.token(tokenInUse()).label]);
    expect(house.meta.journal.count({ endpoint: 'exchange' })).toBe(1);
    expect(usage()).toMatchObject({ calls: CALLERS, errors: 0 });
  });
});
