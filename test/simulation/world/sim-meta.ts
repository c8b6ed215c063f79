import type { Cause, GraphFault } from '../../../src-main/core/graph/fault.ts';
import type { AppCredentials, CallAuth, Meta, MetaAnswer, PhoneNumber } from '../../../src-main/core/ports.ts';
import { type End, NEVER, type Snapshot, UNKNOWN_END } from '../../../src-main/core/token/snapshot.ts';
import { isAlive, type MetaTruth, reachesNumber } from './meta-truth.ts';
import type { Random } from './random.ts';
import type { Shop, TrueToken } from './shop.ts';
import type { SimClock } from './sim-clock.ts';
import { letOthersRun } from './turns.ts';
import { type CallKind, spoil, type Weather } from './weather.ts';

/** Whoever watches what passes between the keeper and Meta. */
export interface MetaWatch {
  exchangeBegins(token: TrueToken): void;
  exchangeEnds(token: TrueToken, fresh: TrueToken | null, answered: boolean): void;
  called(shop: Shop | null, kind: CallKind, answered: boolean): void;
}

/** The surroundings a simulated Meta answers in. */
export interface MetaSetting {
  readonly clock: SimClock;
  readonly truth: MetaTruth;
  readonly shops: readonly Shop[];
  readonly random: Random;
  readonly watch: MetaWatch;
  readonly weather: () => Weather;
  /** Whether answers carry a `Date`, and how wrong it is, ms. */
  readonly date: { readonly present: boolean; readonly error: number };
}

/** Meta as the keeper's port sees it: the truth of the books, through the weather. */
export function createSimMeta({ clock, truth, shops, random, watch, weather, date }: MetaSetting): Meta {
  const serverTime = (): number | null => (date.present ? Math.floor((clock.now + date.error) / 1_000) * 1_000 : null);
  const say = <T>(value: T): MetaAnswer<T> => ({ ok: true, value, serverTime: serverTime() });
  const refuse = <T>(cause: Cause, code: number | null): MetaAnswer<T> => ({ ok: false, fault: fault(cause, code), serverTime: code === null ? null : serverTime() });

  /** Every call takes a little while, and may be lost. Null: it is answered. */
  const lost = (kind: CallKind): ReturnType<typeof spoil> => {
    clock.pass(random.int(80, 900), true);
    return spoil(weather(), kind, random.next(), random.next());
  };
  const silence = <T>(cause: 'network' | 'transient' | 'throttled'): MetaAnswer<T> => refuse(cause, { network: null, transient: 2, throttled: 4 }[cause]);

  const appWorks = (app: AppCredentials): boolean => shops.some((shop) => shop.appId === app.appId && shop.appSecret === app.appSecret && !shop.appRefused);
  const shopOfApp = (app: AppCredentials): Shop | null => shops.find((shop) => shop.appId === app.appId) ?? null;
  const tokenFault = (token: TrueToken | null): MetaAnswer<never> => {
    if (token === null) return refuse('malformed_token', 190);
    return refuse(token.death ?? 'expired', 190);
  };

  const access = (auth: CallAuth, mayRead: (token: TrueToken) => boolean): MetaAnswer<TrueToken> => {
    const spoilt = lost('access');
    const token = truth.find(auth.token);
    watch.called(token?.shop ?? null, 'access', spoilt === null);
    if (spoilt !== null) return silence(spoilt.cause);
    if (token === null || !isAlive(token, clock.now)) return tokenFault(token);
    if (!mayRead(token)) {
      token.accessLossTold = true;
      return refuse('wrong_id_or_no_asset', 100);
    }
    return say(token);
  };

  return {
    debugToken: async (text, app) => {
      const spoilt = lost('debug');
      const token = truth.find(text);
      watch.called(token?.shop ?? null, 'debug', spoilt === null);
      if (spoilt !== null) return silence(spoilt.cause);
      if (app !== null && !appWorks(app)) {
        const shop = shopOfApp(app);
        shop?.refusedSecrets.add(app.appSecret);
        return refuse('wrong_app_credentials', 101);
      }
      if (app !== null && token !== null && token.appId !== app.appId) return refuse('wrong_app', 100);
      return say(snapshotOf(token, clock));
    },
    exchangeToken: async (text, app, sixtyDays) => {
      const old = truth.find(text);
      if (old === null) return refuse('malformed_token', 190);
      watch.exchangeBegins(old);
      const spoilt = lost('exchange');
      let fresh: TrueToken | null = null;
      let answer: MetaAnswer<string> | null = null;
      if (spoilt === null || spoilt.effect) {
        if (!appWorks(app)) {
          if (spoilt === null) old.shop.refusedSecrets.add(app.appSecret);
          answer = refuse('wrong_app_credentials', 1);
        } else {
          const exchanged = truth.exchange(old, sixtyDays, clock.now);
          if (exchanged.outcome === 'issued') fresh = exchanged.token;
          answer = exchanged.outcome === 'issued' ? say(exchanged.token.text) : refusal(exchanged.why, old);
        }
      }
      // Other work of the keeper may go on while Meta thinks.
      await letOthersRun(random.int(0, 6));
      watch.called(old.shop, 'exchange', spoilt === null);
      watch.exchangeEnds(old, fresh, spoilt === null);
      return spoilt === null && answer !== null ? answer : silence(spoilt?.cause ?? 'network');
    },
    readNumber: async (phoneNumberId, auth) => mapped(access(auth, (token) => reachesNumber(token) && token.shop.phoneId === phoneNumberId), (token) => numberOf(token.shop)),
    listNumbers: async (wabaId, auth) => mapped(access(auth, (token) => reachesNumber(token) && token.shop.wabaId === wabaId), (token) => [numberOf(token.shop)]),
    readApp: async (auth) => {
      const answer = mapped(access(auth, () => true), (token) => ({ id: token.appId, name: null }));
      const token = truth.find(auth.token);
      if (!answer.ok && answer.fault.code === 190 && token !== null) token.toldDead = true;
      return answer;
    },
  };

  function refusal(why: 'dead' | 'app' | 'policy' | 'sixty-days-only', old: TrueToken): MetaAnswer<never> {
    switch (why) {
      case 'dead':
        return tokenFault(old);
      case 'app':
        return refuse('wrong_app_credentials', 1);
      case 'policy':
        return refuse('account_policy', 368);
      case 'sixty-days-only':
        return refuse('sixty_days_only', 100);
    }
  }
}

function snapshotOf(token: TrueToken | null, clock: SimClock): Snapshot {
  const saidAt = clock.port.now();
  const blank = { saidAt, valid: false, appId: null, userId: null, type: null, expiry: UNKNOWN_END, dataAccess: UNKNOWN_END, issuedAt: null, scopes: [], granularScopes: [] };
  if (token === null) return { ...blank, fault: fault('malformed_token', 190) };
  const alive = isAlive(token, clock.now);
  if (!alive) token.toldDead = true;
  return {
    saidAt,
    valid: alive,
    appId: token.appId,
    userId: token.userId,
    type: token.shop.hidesType ? null : token.type,
    expiry: endAs(token.expiresAt),
    dataAccess: endAs(token.dataAccessEnd),
    issuedAt: token.shop.hidesIssuedAt ? null : token.issuedAt,
    scopes: token.scopes,
    granularScopes: [{ scope: 'whatsapp_business_messaging', targetIds: [token.shop.wabaId] }],
    fault: alive ? null : fault(token.death ?? 'expired', 190),
  };
}

function endAs(at: number | null): End {
  return at === null ? NEVER : { kind: 'at', at };
}

function numberOf(shop: Shop): PhoneNumber {
  return { id: shop.phoneId, display: `+1 555 ${shop.phoneId.slice(-4)}`, verifiedName: shop.name, quality: 'GREEN' };
}

function mapped<T, U>(answer: MetaAnswer<T>, change: (value: T) => U): MetaAnswer<U> {
  return answer.ok ? { ...answer, value: change(answer.value) } : answer;
}

function fault(cause: Cause, code: number | null): GraphFault {
  return { cause, code, subcode: null, httpStatus: code === null ? null : 400, message: `simulated: ${cause}` };
}
