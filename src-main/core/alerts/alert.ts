/** What an alert is about. Every code has its words in `alertWords`. */
export type AlertCode =
  | 'expiry'
  | 'data-access'
  | 'revoked'
  | 'access-lost'
  | 'app-credentials-refused'
  | 'cannot-extend'
  | 'renewal-failing'
  | 'renewal-worse'
  | 'scopes-lost'
  | 'keychain-locked'
  | 'keychain-unavailable'
  | 'secret-lost'
  | 'app-secret-lost'
  | 'memory-only'
  | 'kept-in-memory'
  | 'fallback-in-use'
  | 'settings-broken'
  | 'call-refused'
  | ConcernCode;

/** Alerts about what surrounds the tokens: whoever knows of them declares them to the keeper, in words of its own. */
export type ConcernCode = 'delivery-failed' | 'changed-by-hand' | 'command-failed' | 'gateway-trouble';

/** Something of that kind that wants the owner's attention now. */
export interface Concern {
  /** What it is about, such as a delivery's id. A new subject is a new alert. */
  readonly subject: string;
  readonly severity: 'warning' | 'urgent';
  /** One or two sentences for the owner: what is, and what to do. */
  readonly text: string;
}

/** The steps of the ladder towards a deadline that only a person can move. */
export type Rung = '14d' | '7d' | '3d' | '1d' | '6h' | '1h' | '30m' | 'ended';

/** A stored fact that wants the owner's attention. A notification is one way to show it. */
export interface AlertRecord {
  /** Deterministic: `<connection id or "app">/<code>/<subject>`, so that a new telling replaces the old. */
  readonly id: string;
  readonly code: AlertCode;
  readonly severity: 'warning' | 'urgent';
  /** One or two sentences for the owner: what is, and what to do. */
  readonly text: string;
  /** The tightest rung reached; null where the alert is no ladder. */
  readonly rung: Rung | null;
  /** ms since 1970. */
  readonly raisedAt: number;
  /** When it was last told (shown as a notification or printed). */
  readonly toldAt: number;
  readonly acknowledgedAt: number | null;
}

/** One line of the ledger of what was told, kept on disk so that a restart repeats nothing. */
export interface Told {
  /** `<code>/<subject>/<rung or "once">`. */
  readonly key: string;
  readonly at: number;
}

const CONCERNS: Readonly<Record<ConcernCode, true>> = { 'delivery-failed': true, 'changed-by-hand': true, 'command-failed': true, 'gateway-trouble': true };

/** True for alerts that are declared to the keeper rather than found by it. */
export function isConcern(code: AlertCode): code is ConcernCode {
  return Object.hasOwn(CONCERNS, code);
}

const DAILY: ReadonlySet<AlertCode> = new Set<AlertCode>(['revoked', 'access-lost', 'app-credentials-refused', 'secret-lost', 'call-refused', 'changed-by-hand']);

/** True for alerts that are told again each day until the owner acknowledges them. */
export function repeatsDaily({ code, severity }: Pick<AlertRecord, 'code' | 'severity'>): boolean {
  return DAILY.has(code) || (isConcern(code) && severity === 'urgent');
}

/** True for alerts whose stored words follow their cause while they stand, without being told again for it. */
export function keepsUpToDate(code: AlertCode): boolean {
  return code === 'call-refused' || isConcern(code);
}

const ONCE: ReadonlySet<AlertCode> = new Set<AlertCode>(['cannot-extend', 'renewal-failing', 'renewal-worse', 'scopes-lost', 'fallback-in-use']);

/** True for alerts that are told once for their subject, however often their cause comes and goes. */
export function tellsOnce(code: AlertCode): boolean {
  return ONCE.has(code);
}
