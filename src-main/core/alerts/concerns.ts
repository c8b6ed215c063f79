import { type AlertRecord, type Concern, type ConcernCode, isConcern } from './alert.ts';
import type { StandingAlert } from './rules.ts';

/** What was declared in this run, for one owner: for each kind all the concerns that stand. */
export type Declared = ReadonlyMap<ConcernCode, readonly Concern[]>;

/**
 * The alerts that the concerns of one owner call for. A kind that nobody has declared yet in this run keeps what was stored about
 * it: a restart neither repeats nor withdraws an alert whose cause is only about to be looked at.
 * @param owner connection id, or `app`
 * @param stored the alerts in the owner's book
 */
export function standingConcerns(owner: string, declared: Declared, stored: readonly AlertRecord[]): readonly StandingAlert[] {
  // By id, since one subject can have but one alert.
  const standing = new Map<string, StandingAlert>();
  for (const { id, code, severity, text } of stored) {
    if (isConcern(code) && !declared.has(code)) standing.set(id, { code, subject: id.slice(`${owner}/${code}/`.length), severity, rung: null, text });
  }
  for (const [code, concerns] of declared) {
    for (const { subject, severity, text } of concerns) standing.set(`${owner}/${code}/${subject}`, { code, subject, severity, rung: null, text });
  }
  return [...standing.values()];
}
