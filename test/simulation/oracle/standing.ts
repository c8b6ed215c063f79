import type { ConnectionView } from '../../../src-main/contract/status.ts';
import type { KeeperState } from '../../../src-main/core/state.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/core/time.ts';
import type { HandedToken } from '../../../src-main/keeper/api.ts';
import { isAlive, isGood } from '../world/meta-truth.ts';
import type { Shop, TrueToken } from '../world/shop.ts';
import type { Exchanges } from './exchanges.ts';
import type { Holdings } from './holdings.ts';
import type { Tellings } from './tellings.ts';
import type { Verdicts } from './verdicts.ts';

/** Everything about one connection after a step that ran to its end. */
export interface Scene {
  readonly now: number;
  readonly shop: Shop;
  readonly connection: KeeperState['connections'][number];
  readonly view: ConnectionView;
  readonly handed: HandedToken | null;
  /** The token handed out, as Meta knows it. */
  readonly inUse: TrueToken | null;
  /** How long everything round this shop has been well, ms; 0 while something is not. */
  readonly clearFor: number;
  /** The step was a look at everything that was due, with a disk that writes. */
  readonly settled: boolean;
  /** Evertoken knows the right app secret and can reach it. */
  readonly secretKnown: boolean;
  /** Since when Evertoken has held the token in use, ms. */
  readonly heldSince: number;
  /** How long the process has been running, ms: the first look after a start may only settle what a crash left. */
  readonly upFor: number;
  /** The clock was wrong at some time, so that a first sight without Meta's date of issue may be some days off. */
  readonly birthUnsure: boolean;
  /** How long it has been in use without a break, ms. */
  readonly inUseFor: number;
  readonly clockUnsure: boolean;
  /** A clock that ran ahead with nobody to say so (no `Date`, or no answer from Meta) may have told rungs too early; they are not told again. */
  readonly clockEverWrong: boolean;
  /** When the process was last killed, ms. */
  readonly killedAt: number;
  readonly diskTroubleAt: number;
  readonly keychainOpen: boolean;
  /** How long the renewal has been in its present phase, ms; 0 while it rests. */
  readonly phaseFor: number;
}

/** What the judge of a scene may look into. */
export interface Witnesses {
  readonly verdicts: Verdicts;
  readonly holdings: Holdings;
  readonly exchanges: Exchanges;
  readonly tellings: Tellings;
}

const LEADS: readonly (readonly [string, number])[] = [
  ['14d', 14 * DAY],
  ['7d', 7 * DAY],
  ['3d', 3 * DAY],
  ['1d', DAY],
  ['6h', 6 * HOUR],
  ['1h', HOUR],
  ['30m', 30 * MINUTE],
];
const RUNGS = [...LEADS.map(([rung]) => rung), 'ended'];

/** Alerts that have no place where everything has been well for a day and the token is good. */
const ENDED_CAUSES = new Set(['revoked', 'access-lost', 'keychain-locked', 'keychain-unavailable', 'app-credentials-refused', 'secret-lost', 'kept-in-memory']);

/** Judges one connection after one step. */
export function judge(scene: Scene, witnesses: Witnesses): void {
  judgeHealth(scene, witnesses);
  judgeToken(scene, witnesses);
  if (!scene.settled) return;
  judgeRenewal(scene, witnesses);
  judgeAlerts(scene, witnesses);
  judgeLadders(scene, witnesses);
}

function judgeHealth({ view, inUse, now, clearFor, settled }: Scene, { verdicts }: Witnesses): void {
  if (inUse === null) return;
  if (view.health === 'expired' && (isAlive(inUse, now) || !inUse.toldDead)) verdicts.report('false-expired', `${view.id}: ${view.reasonCodes.join(' ')}`);
  if (view.health === 'revoked' && (isAlive(inUse, now) || !inUse.toldDead)) verdicts.report('false-revoked', `${view.id}: ${view.reasonCodes.join(' ')}`);
  const regained = settled && clearFor > 13 * HOUR && isGood(inUse, now);
  if (view.health === 'access-lost' && (!inUse.accessLossTold || regained)) verdicts.report('false-access-lost', view.id);
}

function judgeToken(scene: Scene, { verdicts, holdings }: Witnesses): void {
  const { inUse, handed, now, view, connection, settled } = scene;
  if (inUse === null || handed === null) {
    if (settled && scene.clearFor > 26 * HOUR && connection.currentTokenId !== null) verdicts.report('no-token-handed', `${view.id}: ${view.reasonCodes.join(' ')}`);
    return;
  }
  if (!settled) return;
  if (!isAlive(inUse, now) && inUse.toldDead) {
    if (handed.warning === null) verdicts.report('dead-without-warning', view.id);
    const said = view.alerts.some((alert) => alert.code === 'revoked' || (alert.code === 'expiry' && alert.rung === 'ended'));
    if (!said || (view.health !== 'expired' && view.health !== 'revoked')) verdicts.report('death-untold', `${view.id}: ${view.health}, ${view.alerts.map((alert) => alert.code).join(' ')}`);
  }
  if (isGood(inUse, now) || !inUse.toldDead || scene.clearFor < 13 * HOUR) return;
  const better = connection.tokens.find((record) => (record.role === 'current' || record.role === 'previous') && holdings.isKept(record.marker) && betterThan(holdings.tokenOf(record), inUse, now));
  if (better !== undefined) verdicts.report('better-token-idle', `${view.id}: ${better.fingerprint} would work`);
}

function betterThan(token: TrueToken | null, inUse: TrueToken, now: number): boolean {
  return token !== null && isGood(token, now) && !isGood(inUse, now);
}

/** Whether Meta would extend this token now if it were asked in the right way. */
export function isExtendable(token: TrueToken, now: number): boolean {
  if (token.expiresAt === null || !isAlive(token, now)) return false;
  if (token.type === 'SYSTEM_USER') return !token.shop.hidesType;
  return !token.longLived || token.shop.longLivedExchange === 'extends';
}

function judgeRenewal(scene: Scene, { verdicts, holdings, exchanges }: Witnesses): void {
  const { inUse, connection, shop, now, clearFor, secretKnown, heldSince, view } = scene;
  if (clearFor > 26 * HOUR && scene.phaseFor > 26 * HOUR && connection.renewal.phase.phase !== 'fetching') verdicts.report('phase-stuck', `${view.id}: ${connection.renewal.phase.phase}`);
  if (inUse === null) return;
  exchanges.afterStep(inUse);
  if (clearFor > 26 * HOUR && scene.phaseFor > 13 * HOUR && isAlive(inUse, now)) {
    const [idle] = holdings.idleStaged(shop, connection, inUse);
    if (idle !== undefined) verdicts.report('staged-forgotten', `${view.id}: a better token lies in the keychain unused`);
  }
  if (!secretKnown || !isExtendable(inUse, now) || inUse.expiresAt === null) return;
  const { dueBy, patience } = renewalDate(shop, inUse, inUse.expiresAt, heldSince);
  const overdue = now - dueBy - (scene.birthUnsure ? 6 * DAY : 0);
  if (overdue > patience && clearFor > patience && scene.inUseFor > patience && scene.upFor > Math.min(7 * HOUR, patience)) verdicts.report('not-renewed-when-due', `${view.id}: ${Math.round(overdue / HOUR)} h overdue, all well for ${Math.round(clearFor / HOUR)} h; ${view.reasonCodes.join(' ')}; last ${connection.renewal.lastAttempt?.result ?? 'none'}`);
}

/** By when a renewal is due, and how long it may take with all well, ms. */
function renewalDate(shop: Shop, token: TrueToken, expiresAt: number, heldSince: number): { readonly dueBy: number; readonly patience: number } {
  const born = shop.hidesIssuedAt ? Math.max(heldSince, token.issuedAt) : token.issuedAt;
  const life = expiresAt - born;
  const short = life < 3 * DAY && token.type === 'USER';
  return { dueBy: short ? heldSince : born + life / 2 + Math.min(life / 200, 6 * HOUR), patience: Math.min(26 * HOUR, Math.max(life / 3, 20 * MINUTE)) };
}

function judgeAlerts(scene: Scene, { verdicts, tellings }: Witnesses): void {
  const { view, now, inUse, clearFor, killedAt, diskTroubleAt, secretKnown } = scene;
  for (const alert of view.alerts) {
    const toldAt = Date.parse(alert.toldAt);
    // A kill between the save and the showing may swallow the showing; the alert itself stands.
    if (!tellings.wasShown(alert.id, alert.rung) && killedAt < toldAt - MINUTE && !scene.clockEverWrong) verdicts.report('alert-swallowed', `${alert.id} ${alert.rung ?? ''} (disk trouble ${Math.round((now - diskTroubleAt) / MINUTE)} minutes ago)`);
    if (clearFor < 26 * HOUR || inUse === null || !isGood(inUse, now)) continue;
    // A refusal that the exchange met stands until an exchange is accepted, which may be a month away.
    if (alert.code === 'app-credentials-refused' && scene.connection.appCredentialsFault?.on === 'exchange') continue;
    if (ENDED_CAUSES.has(alert.code)) verdicts.report('alert-stale', alert.id);
    // A try by hand that failed stands until the next one, which is due at half of the life.
    const due = inUse.expiresAt !== null && now > renewalDate(scene.shop, inUse, inUse.expiresAt, scene.heldSince).dueBy + 26 * HOUR;
    if ((alert.code === 'renewal-failing' || alert.code === 'renewal-worse') && due && scene.upFor > 7 * HOUR && isExtendable(inUse, now) && secretKnown) verdicts.report('alert-stale', alert.id);
  }
}

function judgeLadders(scene: Scene, witnesses: Witnesses): void {
  const { inUse, now, clockUnsure, clockEverWrong, keychainOpen, view, connection } = scene;
  if (inUse === null || clockUnsure || clockEverWrong || !keychainOpen || !isAlive(inUse, now) || connection.access.kind === 'lost') return;
  if (view.health === 'unknown') return;
  if (inUse.expiresAt !== null && needsPerson(scene, witnesses)) {
    const life = inUse.expiresAt - (inUse.shop.hidesIssuedAt ? Math.max(scene.heldSince, inUse.issuedAt) : inUse.issuedAt);
    expectRung(scene, witnesses, 'expiry', inUse.expiresAt - now, life);
  }
  if (inUse.dataAccessEnd !== null && inUse.dataAccessEnd > now) expectRung(scene, witnesses, 'data-access', inUse.dataAccessEnd - now, null);
}

/** Only a person can move this token's end, and Evertoken has every reason to know it. */
function needsPerson({ inUse, secretKnown, connection, now, clearFor }: Scene, { exchanges }: Witnesses): boolean {
  if (inUse === null || inUse.expiresAt === null) return false;
  if (connection.appSecret === null) return true;
  const late = now > inUse.issuedAt + ((inUse.expiresAt - inUse.issuedAt) * 2) / 3;
  return secretKnown && !isExtendable(inUse, now) && exchanges.noProgressOf(inUse) >= 3 && late && clearFor > HOUR;
}

function expectRung({ view, now }: Scene, { verdicts }: Witnesses, code: string, remaining: number, life: number | null): void {
  // Five minutes of grace, since a tick comes once a minute and clocks differ a little.
  const steps = life !== null && life < 3 * DAY ? LEADS.filter(([, lead]) => lead <= life / 2) : LEADS;
  const expected = steps.findLast(([, lead]) => remaining <= lead - 5 * MINUTE)?.[0];
  if (expected === undefined) return;
  const alert = view.alerts.find((candidate) => candidate.code === code);
  if (alert === undefined || RUNGS.indexOf(alert.rung ?? '14d') < RUNGS.indexOf(expected)) {
    verdicts.report('rung-missing', `${view.id}: ${code} stands at ${alert?.rung ?? 'nothing'} instead of ${expected}, ${Math.round(remaining / HOUR)} h before ${new Date(now + remaining).toISOString()}`);
  }
}
