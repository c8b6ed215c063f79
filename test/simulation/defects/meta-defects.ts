import type { Meta } from '../../../src-main/core/ports.ts';
import type { Snapshot } from '../../../src-main/core/token/snapshot.ts';
import { DAY } from '../../../src-main/core/time.ts';
import type { Defect, World } from '../world/world.ts';

/** Wraps Meta alone. */
function metaDefect(wrap: (meta: Meta, world: World) => Meta): () => Defect {
  return () => ({ wrapPorts: (ports, world) => ({ ...ports, meta: wrap(ports.meta, world) }) });
}

/** The proof of a candidate asks nobody: it is called alive, long-lived, and able to reach its number. */
export const promotesBeforeProof: () => Defect = () => {
  const unproved = new Set<string>();
  return {
    wrapPorts: (ports, world) => {
      const { meta } = ports;
      const inUse = (token: string): boolean => world.shops.some((shop) => world.inUseNow.get(shop)?.token.text === token);
      const isCandidate = (token: string): boolean => unproved.has(token) && !inUse(token);
      return {
        ...ports,
        meta: {
          ...meta,
          exchangeToken: async (token, app, sixtyDays) => {
            const answer = await meta.exchangeToken(token, app, sixtyDays);
            if (answer.ok && answer.value !== token) unproved.add(answer.value);
            return answer;
          },
          debugToken: async (token, app) => (isCandidate(token) ? { ok: true, serverTime: null, value: wellSpoken(world, token) } : meta.debugToken(token, app)),
          readNumber: async (id, auth) => (isCandidate(auth.token) ? { ok: true, serverTime: null, value: { id, display: null, verifiedName: null, quality: null } } : meta.readNumber(id, auth)),
          listNumbers: async (id, auth) => {
            const shop = world.shops.find(({ wabaId }) => wabaId === id);
            return isCandidate(auth.token) && shop !== undefined ? { ok: true, serverTime: null, value: [{ id: shop.phoneId, display: null, verifiedName: null, quality: null }] } : meta.listNumbers(id, auth);
          },
        },
      };
    },
  };
};

/** A good word for a token, without having asked. */
function wellSpoken(world: World, text: string): Snapshot {
  const { shop } = world.truth.find(text) ?? { shop: null };
  const old = shop === null ? undefined : world.inUseNow.get(shop)?.token;
  const now = world.clock.port.now();
  return {
    saidAt: now,
    valid: true,
    appId: old?.appId ?? null,
    userId: old?.userId ?? null,
    type: old?.type ?? null,
    expiry: { kind: 'at', at: now + 60 * DAY },
    dataAccess: { kind: 'never' },
    issuedAt: null,
    scopes: old?.scopes ?? [],
    granularScopes: [],
    fault: null,
  };
}

/** After the first failed exchange of a process no other is made. */
export const oneFailureEndsRenewing: () => Defect = () => ({
  wrapPorts: (ports) => {
    const { meta } = ports;
    let over: Awaited<ReturnType<Meta['exchangeToken']>> | null = null;
    return {
      ...ports,
      meta: {
        ...meta,
        exchangeToken: async (token, app, sixtyDays) => {
          if (over !== null) return over;
          const answer = await meta.exchangeToken(token, app, sixtyDays);
          if (!answer.ok) over = answer;
          return answer;
        },
      },
    };
  },
});

/** No answer about a token is read as the answer that it has expired. */
export const silenceIsExpiry = metaDefect((meta) => ({
  ...meta,
  debugToken: async (token, app) => {
    const answer = await meta.debugToken(token, app);
    if (answer.ok || (answer.fault.cause !== 'network' && answer.fault.cause !== 'transient')) return answer;
    return { ok: true, serverTime: null, value: { saidAt: 0, valid: false, appId: null, userId: null, type: null, expiry: { kind: 'unknown' }, dataAccess: { kind: 'unknown' }, issuedAt: null, scopes: [], granularScopes: [], fault: { ...answer.fault, cause: 'expired', code: 190 } } };
  },
}));

/** Meta's 0 for "never" is read as sixty days from the beginning. */
export const exchangesNeverExpiring = metaDefect((meta) => ({
  ...meta,
  debugToken: async (token, app) => {
    const answer = await meta.debugToken(token, app);
    if (!answer.ok || !answer.value.valid || answer.value.expiry.kind !== 'never') return answer;
    return { ...answer, value: { ...answer.value, expiry: { kind: 'at', at: answer.value.saidAt + 20 * DAY }, issuedAt: answer.value.saidAt - 40 * DAY } };
  },
}));

/** What an exchange promises (sixty days) is taken for the expiry of the token it gave. */
export const believesExpiresIn: () => Defect = () => {
  const promised = new Map<string, number>();
  return {
    wrapPorts: (ports) => {
      const { meta, clock } = ports;
      return {
        ...ports,
        meta: {
          ...meta,
          exchangeToken: async (token, app, sixtyDays) => {
            const answer = await meta.exchangeToken(token, app, sixtyDays);
            if (answer.ok && answer.value !== token) promised.set(answer.value, clock.now() + 60 * DAY);
            return answer;
          },
          debugToken: async (token, app) => {
            const answer = await meta.debugToken(token, app);
            const at = promised.get(token);
            return answer.ok && answer.value.valid && at !== undefined ? { ...answer, value: { ...answer.value, expiry: { kind: 'at', at } } } : answer;
          },
        },
      };
    },
  };
};
