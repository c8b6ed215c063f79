import type { RenewalPhase } from './record.ts';

/** What can happen to a renewal. */
export type RenewalEvent =
  | { readonly event: 'begun'; readonly at: number }
  | { readonly event: 'candidate-fetched'; readonly tokenId: string }
  | { readonly event: 'read-back' }
  | { readonly event: 'proved' }
  | { readonly event: 'switched' }
  /** Refused, worse, no progress, or never written: the try is over and the old token stays. */
  | { readonly event: 'given-up' };

/**
 * The next phase of a renewal: rest → fetch → stage → prove → promote → rest. Throws on an event that cannot
 * happen in a phase: that is a defect of ours, and going on could lose a token.
 */
export function nextPhase(phase: RenewalPhase, happened: RenewalEvent): RenewalPhase {
  switch (happened.event) {
    case 'begun':
      if (phase.phase === 'resting') return { phase: 'fetching', at: happened.at };
      break;
    case 'candidate-fetched':
      if (phase.phase === 'fetching' || phase.phase === 'resting') return { phase: 'staging', tokenId: happened.tokenId };
      break;
    case 'read-back':
      if (phase.phase === 'staging') return { phase: 'proving', tokenId: phase.tokenId };
      break;
    case 'proved':
      if (phase.phase === 'proving') return { phase: 'promoting', tokenId: phase.tokenId };
      break;
    case 'switched':
      if (phase.phase === 'promoting') return { phase: 'resting' };
      break;
    case 'given-up':
      return { phase: 'resting' };
  }
  throw new Error(`A renewal cannot be “${happened.event}” while it is ${phase.phase}.`);
}

/** The candidate a phase speaks of, or null. */
export function candidateOf(phase: RenewalPhase): string | null {
  return phase.phase === 'staging' || phase.phase === 'proving' || phase.phase === 'promoting' ? phase.tokenId : null;
}
