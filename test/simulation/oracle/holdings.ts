import type { SecretMarker } from '../../../src-main/core/ports.ts';
import type { KeeperState } from '../../../src-main/core/state.ts';
import { isAlive, isBetter, isGood, type MetaTruth } from '../world/meta-truth.ts';
import type { Shop, TrueToken } from '../world/shop.ts';
import type { SimClock } from '../world/sim-clock.ts';
import type { SimKeychain } from '../world/sim-keychain.ts';
import type { Verdicts } from './verdicts.ts';

type Connection = KeeperState['connections'][number];
type TokenRecord = Connection['tokens'][number];

/** What the owner has decided, and what is going on at the owner's wish. */
export interface OwnerDecisions {
  /** Tokens that the owner pasted. */
  readonly pasted: Set<string>;
  /** Tokens that gave way to an owner's decision. */
  readonly setAside: Set<string>;
  /** The connection (or `new`) that the owner is changing now. */
  readonly changing: Set<string>;
}

/** Watches tokens on their way into the keychain, into use, and out of it. */
export class Holdings {
  readonly decisions: OwnerDecisions = { pasted: new Set(), setAside: new Set(), changing: new Set() };
  readonly #verdicts: Verdicts;
  readonly #truth: MetaTruth;
  readonly #clock: SimClock;
  readonly #keychain: () => SimKeychain;
  /** Marker id → secret, for everything that was ever written. */
  readonly #written = new Map<string, string>();

  constructor(verdicts: Verdicts, truth: MetaTruth, clock: SimClock, keychain: () => SimKeychain) {
    this.#verdicts = verdicts;
    this.#truth = truth;
    this.#clock = clock;
    this.#keychain = keychain;
  }

  noteWritten(markerId: string, secret: string): void {
    this.#written.set(markerId, secret);
  }

  /** The secret that was written under a marker. */
  secretOf(markerId: string): string | null {
    return this.#written.get(markerId) ?? null;
  }

  /** The token behind a record, as Meta knows it. */
  tokenOf(record: TokenRecord): TrueToken | null {
    const secret = this.#written.get(record.marker.id);
    return secret === undefined ? null : this.#truth.find(secret);
  }

  /** Whether the keychain really holds the secret behind a marker. */
  isKept(marker: SecretMarker): boolean {
    const secret = this.#written.get(marker.id);
    return secret !== undefined && this.#keychain().items.get(marker.account) === `evertoken:1:${marker.id}:${secret}`;
  }

  /** Every save is compared with the one before. */
  onSave(before: KeeperState, after: KeeperState): void {
    for (const connection of after.connections) {
      const former = before.connections.find((other) => other.id === connection.id);
      if (former === undefined || former.currentTokenId === connection.currentTokenId) continue;
      this.#onSwitch(former, connection);
    }
    for (const former of before.connections) {
      const gone = !after.connections.some((other) => other.id === former.id);
      if (gone && former.currentTokenId !== null && !this.decisions.changing.has(former.id)) this.#verdicts.report('connection-vanished', former.id);
    }
  }

  #onSwitch(former: Connection, connection: Connection): void {
    const now = this.#clock.now;
    const record = connection.tokens.find((token) => token.id === connection.currentTokenId);
    const before = former.tokens.find((token) => token.id === former.currentTokenId);
    const fresh = record === undefined ? null : this.tokenOf(record);
    if (record === undefined || fresh === null) {
      this.#verdicts.report('promoted-without-custody', `${connection.id}: a token that was never written`);
      return;
    }
    if (record.marker.vault !== 'memory' && !this.isKept(record.marker) && !this.#keychain().lost.has(record.marker.account)) this.#verdicts.report('promoted-without-custody', `${connection.id}: ${record.fingerprint} is not in the keychain`);
    if (before !== undefined && !former.tokens.some((token) => token.id === before.id)) this.#verdicts.report('current-erased', `${connection.id}: the token before was forgotten at the switch`);
    const old = before === undefined ? null : this.tokenOf(before);
    if (old === null || before === undefined || this.decisions.pasted.has(fresh.text)) return;
    // A secret that the keychain lost is nobody's any more: whatever stands in for it is succeeded instead.
    if (before.marker.vault === 'memory' || !this.isKept(before.marker)) {
      if (!isAlive(fresh, now)) this.#verdicts.report('worse-replaces-good', `${connection.id}: a dead token was promoted`);
      return;
    }
    if (!isAlive(old, now)) {
      if (!isAlive(fresh, now)) this.#verdicts.report('worse-replaces-good', `${connection.id}: a dead token was promoted`);
      return;
    }
    if (!isGood(fresh, now) && isGood(old, now)) this.#verdicts.report('worse-replaces-good', `${connection.id}: ${record.fingerprint} does not work as the one before did`);
    else if (fresh.userId !== old.userId || fresh.appId !== old.appId) this.#verdicts.report('worse-replaces-good', `${connection.id}: ${record.fingerprint} is another user's`);
    else if (old.expiresAt === null && fresh.expiresAt !== null) this.#verdicts.report('worse-replaces-good', `${connection.id}: an endless token gave way to one with an end`);
    else if (old.expiresAt !== null && fresh.expiresAt !== null && fresh.expiresAt < old.expiresAt) this.#verdicts.report('worse-replaces-good', `${connection.id}: ${record.fingerprint} ends earlier`);
    else if (old.expiresAt === fresh.expiresAt) this.#verdicts.report('no-progress-promoted', `${connection.id}: ${record.fingerprint} ends when the one before does`);
  }

  /** An item of the keychain was erased. */
  onErased(state: KeeperState, account: string, value: string): void {
    const markerId = value.split(':')[2] ?? '';
    const erased = this.#truth.find(this.#written.get(markerId) ?? '');
    const connection = state.connections.find((other) => account.includes(`/${other.id}/`));
    if (erased === null || connection === undefined || this.decisions.changing.has(connection.id) || this.decisions.setAside.has(erased.text)) return;
    const now = this.#clock.now;
    const record = connection.tokens.find((token) => token.marker.id === markerId) ?? null;
    const currentRecord = connection.tokens.find((token) => token.id === connection.currentTokenId);
    const current = currentRecord === undefined ? null : this.tokenOf(currentRecord);
    if (record !== null && record.id === connection.currentTokenId) {
      if (isAlive(erased, now)) this.#verdicts.report('current-erased', `${connection.id}: ${record.fingerprint} was in use`);
      return;
    }
    if (current !== null && erased.text === current.text) return;
    const heldAsGood = connection.tokens.some((other) => {
      const held = other.marker.id === markerId || (other.role !== 'current' && other.role !== 'previous') ? null : this.tokenOf(other);
      return held !== null && this.isKept(other.marker) && isGood(held, now) && !isBetter(erased, held, now);
    });
    if (current !== null && isBetter(erased, current, now) && !heldAsGood) this.#verdicts.report('good-token-erased', `${connection.id}: ${record?.fingerprint ?? 'an unrecorded token'} is better than the one in use`);
    else if (record?.role === 'previous' && isAlive(erased, now)) {
      const old = erased.expiresAt === null && now - record.firstSeenAt > 29 * 86_400_000 && current !== null && isAlive(current, now);
      if (!old) this.#verdicts.report('living-token-erased', `${connection.id}: ${record.fingerprint} still lives`);
    }
  }

  /** Good tokens in the keychain that no record leads to, or that nothing has settled. */
  idleStaged(shop: Shop, connection: Connection, current: TrueToken): readonly TrueToken[] {
    const now = this.#clock.now;
    const found: TrueToken[] = [];
    for (const [account, value] of this.#keychain().items) {
      if (!account.includes(`/${connection.id}/token-`)) continue;
      const token = this.#truth.find(this.#written.get(value.split(':')[2] ?? '') ?? '');
      if (token !== null && token.shop === shop && !this.decisions.setAside.has(token.text) && isBetter(token, current, now)) found.push(token);
    }
    return found;
  }
}
