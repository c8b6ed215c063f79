import { ownFault } from '../../../src-main/core/graph/classify.ts';
import type { Meta, MetaAnswer, PhoneNumber } from '../../../src-main/core/ports.ts';
import { accountId, APP, makeToken, numberId, readToken, SCOPES, SIXTY_DAYS } from './tokens.ts';

/** A Meta in this process that answers at once, so that what is measured is ours alone. */
export interface InstantMeta {
  readonly port: Meta;
  /** Nobody answers while this is true. */
  silent: boolean;
  /** Calls of each sort so far. */
  readonly calls: { debug: number; exchange: number; access: number };
}

/** Makes one. `now` is the clock of both sides, ms since 1970. */
export function createInstantMeta(now: () => number): InstantMeta {
  const say = <T>(value: T): MetaAnswer<T> => (meta.silent ? { ok: false, fault: ownFault('network', 'No connection to Meta’s server could be made.'), serverTime: null } : { ok: true, value, serverTime: now() });
  const number = (shop: number): PhoneNumber => ({ id: numberId(shop), display: `+1 555 ${shop}`, verifiedName: `Shop ${shop}`, quality: 'GREEN' });
  const meta: InstantMeta = {
    silent: false,
    calls: { debug: 0, exchange: 0, access: 0 },
    port: {
      debugToken: async (token) => {
        meta.calls.debug += 1;
        const { shop, issuedAt, expiresAt } = readToken(token);
        const valid = expiresAt * 1_000 > now();
        return say({
          saidAt: now(),
          valid,
          appId: APP.appId,
          userId: String(200_000_000_000_000 + shop),
          type: 'SYSTEM_USER',
          expiry: { kind: 'at', at: expiresAt * 1_000 },
          dataAccess: { kind: 'never' },
          issuedAt: issuedAt * 1_000,
          scopes: SCOPES,
          granularScopes: [{ scope: 'whatsapp_business_messaging', targetIds: [accountId(shop)] }],
          fault: valid ? null : ownFault('expired', 'Session has expired.'),
        });
      },
      exchangeToken: async (token) => {
        meta.calls.exchange += 1;
        const issuedAt = Math.floor(now() / 1_000);
        return say(makeToken({ shop: readToken(token).shop, issuedAt, expiresAt: issuedAt + SIXTY_DAYS }));
      },
      readNumber: async (_id, { token }) => {
        meta.calls.access += 1;
        return say(number(readToken(token).shop));
      },
      listNumbers: async (_id, { token }) => {
        meta.calls.access += 1;
        return say([number(readToken(token).shop)]);
      },
      readApp: async () => say({ id: APP.appId, name: null }),
    },
  };
  return meta;
}
