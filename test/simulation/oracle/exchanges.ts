import { DAY, HOUR } from '../../../src-main/core/time.ts';
import { endOf } from '../world/meta-truth.ts';
import type { Shop, TrueToken } from '../world/shop.ts';
import type { SimClock } from '../world/sim-clock.ts';
import type { Verdicts } from './verdicts.ts';

/** What is known of one shop's exchanges. */
interface Record {
  inFlight: number;
  /** The last answered exchange by Evertoken's own decision that changed nothing. */
  idleAt: number | null;
  /** Exchanges in a row, answered, that gave no longer life to the token in use. */
  noProgress: number;
  noProgressOf: TrueToken | null;
  day: number;
  calls: number;
  /** Exchanges of one token today. */
  exchanges: number;
  exchanged: TrueToken | null;
  renewals: number[];
}

/** The most calls of all kinds in a day: a look a minute around an end, four calls each. */
const MOST_CALLS = 4 * 1_440 + 400;
/** The most exchanges in a day of a token that is nowhere near its end. */
const MOST_EXCHANGES = 48;

/** Watches how often Meta is asked, and for what. */
export class Exchanges {
  readonly #verdicts: Verdicts;
  readonly #clock: SimClock;
  readonly #records = new Map<Shop, Record>();
  /** True while the owner asks for a renewal by hand, and after a crash or a refused save, which may forget the last try. */
  readonly #excused: () => boolean;

  /** Whether anything but silence has stood in a shop's way since an instant: a try may have failed by that. */
  readonly #troubledSince: (shop: Shop, at: number) => boolean;

  constructor(verdicts: Verdicts, clock: SimClock, excused: () => boolean, troubledSince: (shop: Shop, at: number) => boolean) {
    this.#troubledSince = troubledSince;
    this.#verdicts = verdicts;
    this.#clock = clock;
    this.#excused = excused;
  }

  #of(shop: Shop): Record {
    let record = this.#records.get(shop);
    if (record === undefined) {
      record = { inFlight: 0, idleAt: null, noProgress: 0, noProgressOf: null, day: 0, calls: 0, exchanges: 0, exchanged: null, renewals: [] };
      this.#records.set(shop, record);
    }
    return record;
  }

  /** Answered exchanges in a row without progress for this token. */
  noProgressOf(token: TrueToken): number {
    const record = this.#of(token.shop);
    return record.noProgressOf === token ? record.noProgress : 0;
  }

  begins(token: TrueToken): void {
    const record = this.#of(token.shop);
    record.inFlight += 1;
    if (record.inFlight > 1) this.#verdicts.report('two-renewals', `${token.shop.name}: ${record.inFlight} exchanges at once`);
    if (token.expiresAt === null) this.#verdicts.report('never-expiring-exchanged', token.shop.name);
    const { now } = this.#clock;
    const far = token.expiresAt !== null && token.expiresAt - now > 4 * DAY;
    // Not quite a day, since a wall clock may be set a little.
    if (far && record.idleAt !== null && record.noProgressOf === token && now - record.idleAt < 23 * HOUR && !this.#excused() && !this.#troubledSince(token.shop, record.idleAt)) {
      this.#verdicts.report('exchange-storm', `${token.shop.name}: again ${Math.round((now - record.idleAt) / 60_000)} minutes after a try without progress`);
    }
    record.idleAt = null;
    if (record.exchanged !== token) Object.assign(record, { exchanged: token, exchanges: 0 });
    record.exchanges += 1;
  }

  ends(token: TrueToken, fresh: TrueToken | null, answered: boolean): void {
    const record = this.#of(token.shop);
    // The answer to a process that died meanwhile reaches nobody.
    if (record.inFlight === 0) return;
    record.inFlight -= 1;
    if (!answered || fresh === null) return;
    const progress = endOf(fresh) > endOf(token);
    const spoilt = fresh.death !== null || fresh.userId !== token.userId || fresh.reaches !== token.reaches || fresh.scopes.length < token.scopes.length;
    const idle = fresh === token || (!progress && !spoilt && fresh.expiresAt === token.expiresAt);
    record.idleAt = idle && !this.#excused() ? this.#clock.now : null;
    if (!idle) record.noProgress = 0;
    else {
      record.noProgress = record.noProgressOf === token ? record.noProgress + 1 : 1;
      record.noProgressOf = token;
    }
  }

  /** The process died: what was in flight is nobody's any more. */
  processDied(): void {
    for (const record of this.#records.values()) {
      record.inFlight = 0;
      record.idleAt = null;
    }
  }

  called(shop: Shop | null): void {
    if (shop === null) return;
    const record = this.#of(shop);
    const day = Math.floor(this.#clock.now / DAY);
    if (record.day !== day) Object.assign(record, { day, calls: 0, exchanges: 0 });
    record.calls += 1;
    if (record.calls === MOST_CALLS) this.#verdicts.report('call-storm', `${shop.name}: ${record.calls} calls in a day`);
  }

  /** A renewal came through: the next one of a long-lived token is a day away at least. */
  renewed(shop: Shop, remaining: number): void {
    // A Meta that gives tokens for an hour has to be asked every half-hour; only long-lived ones count.
    if (remaining <= 4 * DAY) return;
    const record = this.#of(shop);
    const { now } = this.#clock;
    record.renewals = record.renewals.filter((at) => now - at < DAY);
    record.renewals.push(now);
    if (record.renewals.length > 3 && !this.#excused()) this.#verdicts.report('exchange-storm', `${shop.name}: renewed ${record.renewals.length} times within a day`);
  }

  /** Called after each step with the token in use. */
  afterStep(token: TrueToken): void {
    const record = this.#of(token.shop);
    const far = token.expiresAt === null || token.expiresAt - this.#clock.now > 3 * DAY;
    if (far && record.exchanged === token && !this.#excused() && record.exchanges > MOST_EXCHANGES && record.day === Math.floor(this.#clock.now / DAY)) {
      this.#verdicts.report('exchange-storm', `${token.shop.name}: ${record.exchanges} exchanges in a day`);
      record.exchanges = 0;
    }
  }
}
