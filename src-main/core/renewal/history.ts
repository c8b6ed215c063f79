import type { GraphFault } from '../graph/fault.ts';
import { DAY, MINUTE } from '../time.ts';
import { backoffAfter, LONGEST_BACKOFF } from './backoff.ts';
import type { ProofFailure, RenewalRecord, RenewalResult } from './record.ts';

/** A connection's renewal history before anything happened. */
export const NO_RENEWALS: RenewalRecord = {
  phase: { phase: 'resting' },
  lastAttempt: null,
  lastSuccessAt: null,
  failures: 0,
  noProgress: 0,
  worse: [],
  failingFor: 0,
  notBefore: null,
};

/** How a try to renew ended, as it enters the history. */
export interface Attempt {
  /** ms since 1970. */
  readonly at: number;
  readonly result: RenewalResult;
  readonly fault: GraphFault | null;
  /** ms of life left in the token that is now in use; null for no known end. */
  readonly remaining: number | null;
  /** In [0, 1). */
  readonly jitter: number;
  /** Made before the token's renewal was due, because the owner asked. */
  readonly early: boolean;
  /** What was wrong with a candidate that was worse; empty otherwise. */
  readonly worse: readonly ProofFailure[];
}

/** The history after one more try; the phase is left to the state machine. */
export function afterAttempt(before: RenewalRecord, attempt: Attempt): RenewalRecord {
  const record = forgetFuture(before, attempt.at);
  const lastAttempt = { at: attempt.at, result: attempt.result, fault: attempt.fault };
  switch (attempt.result) {
    case 'renewed':
      return { ...record, lastAttempt, lastSuccessAt: attempt.at, failures: 0, noProgress: 0, worse: [], failingFor: 0, notBefore: attempt.at + dailyCap(attempt.remaining) };
    case 'no-progress':
      // An owner who presses the button on a fresh token learns nothing about whether Meta will extend it in time.
      if (attempt.early) return { ...record, lastAttempt, failures: 0, failingFor: 0 };
      // Meta answered and did nothing: asking again soon changes nothing, asking never again would be giving up.
      return { ...record, lastAttempt, failures: 0, noProgress: record.noProgress + 1, failingFor: 0, notBefore: attempt.at + dailyCap(attempt.remaining) };
    case 'worse':
    case 'refused':
    case 'unreachable':
    case 'vault': {
      const failures = record.failures + 1;
      return {
        ...record,
        lastAttempt,
        failures,
        worse: attempt.result === 'worse' ? attempt.worse : record.worse,
        failingFor: record.failingFor + awakeSince(record, attempt.at),
        notBefore: attempt.at + backoffAfter(failures, attempt.remaining, attempt.jitter),
      };
    }
  }
}

/** A history dated by a clock that ran far ahead says nothing about this token: its counters start again. */
function forgetFuture(record: RenewalRecord, now: number): RenewalRecord {
  if (record.lastAttempt === null || record.lastAttempt.at - now < DAY) return record;
  return { ...record, lastAttempt: null, failures: 0, noProgress: 0, failingFor: 0, notBefore: null };
}

/** At most one renewal a day; for a token that does not live for days, a quarter of what is left, at least 10 minutes. */
function dailyCap(remaining: number | null): number {
  return remaining === null ? DAY : Math.min(DAY, Math.max(10 * MINUTE, remaining / 4));
}

/** Failing time counts only while tries were made: a computer that slept for a week has not failed for a week. */
function awakeSince(record: RenewalRecord, at: number): number {
  if (record.failures === 0 || record.lastAttempt === null) return 0;
  return Math.min(Math.max(0, at - record.lastAttempt.at), LONGEST_BACKOFF + MINUTE);
}
