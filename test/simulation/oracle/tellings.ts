import type { AlertRecord, Rung } from '../../../src-main/core/alerts/alert.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/core/time.ts';
import { isAlive } from '../world/meta-truth.ts';
import type { Shop, TrueToken } from '../world/shop.ts';
import type { SimClock } from '../world/sim-clock.ts';
import type { Verdicts } from './verdicts.ts';

const ORDER: readonly Rung[] = ['14d', '7d', '3d', '1d', '6h', '1h', '30m', 'ended'];
const DAILY = new Set(['revoked', 'access-lost', 'app-credentials-refused', 'secret-lost']);

/** What the tellings need to know of the world. */
export interface TellingSetting {
  readonly clock: SimClock;
  /** The shop and the token an alert speaks of. */
  readonly about: (alert: AlertRecord) => { readonly shop: Shop | null; readonly token: TrueToken | null };
  /** Whether the keychain really lost what is behind the connection's current marker. */
  readonly secretIsGone: (shop: Shop) => boolean;
  /** Why a person may be needed; null where nothing but silence and sleep has happened to the token. */
  readonly hardTrouble: (shop: Shop, token: TrueToken) => boolean;
  /** How long Meta has been silent to an awake computer since this token came into use, ms. */
  readonly awakeSilence: (token: TrueToken) => number;
  /** The wall clock was wrong lately, so that dates mean little. */
  readonly clockUnsure: () => boolean;
  /** Meta refused the very app secret that an alert speaks of. */
  readonly appWasRefused: (alert: AlertRecord, shop: Shop) => boolean;
  /** When the disk last refused to write, ms. */
  readonly diskTroubleAt: () => number;
}

/** Watches what is told to the owner. */
export class Tellings {
  readonly #verdicts: Verdicts;
  readonly #setting: TellingSetting;
  /** Alert id → index of the tightest rung that was told. */
  readonly #rungs = new Map<string, number>();
  readonly #lastTold = new Map<string, number>();
  readonly #shown = new Set<string>();
  /** Ladders of which some rung was told while the clock was wrong. */
  readonly #unsure = new Set<string>();

  constructor(verdicts: Verdicts, setting: TellingSetting) {
    this.#verdicts = verdicts;
    this.#setting = setting;
  }

  /** True when this alert was shown at this rung at some time. */
  wasShown(id: string, rung: string | null): boolean {
    return this.#shown.has(`${id}|${rung ?? ''}`);
  }

  lastShownAt(id: string): number | null {
    return this.#lastTold.get(id) ?? null;
  }

  told(alert: AlertRecord): void {
    const { now } = this.#setting.clock;
    this.#shown.add(`${alert.id}|${alert.rung ?? ''}`);
    if (alert.rung !== null) this.#checkRung(alert, alert.rung);
    const last = this.#lastTold.get(alert.id);
    if (DAILY.has(alert.code) && last !== undefined && now - last < DAY - 10 * MINUTE && !this.#setting.clockUnsure() && this.#setting.diskTroubleAt() < last - MINUTE) {
      this.#verdicts.report('told-too-often', `${alert.id} after ${Math.round((now - last) / MINUTE)} minutes`);
    }
    this.#lastTold.set(alert.id, now);
    this.#checkTruth(alert);
  }

  #checkRung(alert: AlertRecord, rung: Rung): void {
    const index = ORDER.indexOf(rung);
    const before = this.#rungs.get(alert.id);
    // A full disk cannot remember what was told, and what a wrong clock told or dated may be told again by the right one.
    const unsure = this.#setting.clockUnsure();
    if (unsure || this.#unsure.has(alert.id)) {
      if (unsure) this.#unsure.add(alert.id);
      return;
    }
    const forgotten = this.#setting.diskTroubleAt() >= (this.#lastTold.get(alert.id) ?? 0) - MINUTE;
    if (before === index && !forgotten) this.#verdicts.report('rung-twice', `${alert.id} ${rung}`);
    else if (before !== undefined && before > index && !forgotten) this.#verdicts.report('rung-order', `${alert.id} ${rung} after ${ORDER[before] ?? ''}`);
    this.#rungs.set(alert.id, Math.max(index, before ?? 0));
  }

  #checkTruth(alert: AlertRecord): void {
    const { clock, about, secretIsGone } = this.#setting;
    const { shop, token } = about(alert);
    if (shop === null) return;
    if (alert.code === 'secret-lost' && !secretIsGone(shop)) this.#verdicts.report('false-lost', alert.id);
    if (alert.code === 'access-lost' && token?.accessLossTold !== true) this.#verdicts.report('false-access-lost', alert.id);
    if (alert.code === 'app-credentials-refused' && !this.#setting.appWasRefused(alert, shop)) this.#verdicts.report('false-app-refused', alert.id);
    if (token === null) return;
    if (alert.code === 'revoked' && isAlive(token, clock.now)) this.#verdicts.report('false-revoked', alert.id);
    if (alert.code === 'expiry' && alert.rung === 'ended' && isAlive(token, clock.now)) this.#verdicts.report('false-expired', alert.id);
    if (alert.code === 'data-access' && alert.rung === 'ended' && !this.#setting.clockUnsure() && (token.dataAccessEnd === null || clock.now < token.dataAccessEnd)) this.#verdicts.report('false-data-access-ended', alert.id);
    if (alert.code === 'expiry' && alert.rung !== 'ended') this.#checkCause(alert, shop, token);
  }

  /** A rung before the last day needs more cause than silence or sleep. */
  #checkCause(alert: AlertRecord, shop: Shop, token: TrueToken): void {
    const { clock, hardTrouble, awakeSilence, clockUnsure } = this.#setting;
    if (token.expiresAt === null || clockUnsure()) return;
    const life = token.expiresAt - token.issuedAt;
    const remaining = token.expiresAt - clock.now;
    const last = life < 3 * DAY ? remaining <= life / 9 : remaining <= 25 * HOUR;
    // By two thirds of its life without success a token's owner is told, whoever is to blame.
    const late = remaining < life / 3 && awakeSilence(token) > HOUR;
    if (!last && !late && !hardTrouble(shop, token) && awakeSilence(token) < Math.min(12 * HOUR, life / 4)) this.#verdicts.report('rung-by-silence', `${alert.id} ${alert.rung ?? ''}`);
  }
}
