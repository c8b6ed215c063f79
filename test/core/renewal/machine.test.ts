import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { candidateOf, nextPhase, type RenewalEvent } from '../../../src-main/core/renewal/machine.ts';
import type { RenewalPhase } from '../../../src-main/core/renewal/record.ts';

const phases: Record<RenewalPhase['phase'], RenewalPhase> = {
  resting: { phase: 'resting' },
  fetching: { phase: 'fetching', at: 7 },
  staging: { phase: 'staging', tokenId: 'cand' },
  proving: { phase: 'proving', tokenId: 'cand' },
  promoting: { phase: 'promoting', tokenId: 'cand' },
};

const events: Record<RenewalEvent['event'], RenewalEvent> = {
  begun: { event: 'begun', at: 9 },
  'candidate-fetched': { event: 'candidate-fetched', tokenId: 'new' },
  'read-back': { event: 'read-back' },
  proved: { event: 'proved' },
  switched: { event: 'switched' },
  'given-up': { event: 'given-up' },
};

const { resting } = phases;

/** Every legal step; a step that is not here is a defect of ours and must throw. */
const legal: Partial<Record<`${RenewalPhase['phase']} + ${RenewalEvent['event']}`, RenewalPhase>> = {
  'resting + begun': { phase: 'fetching', at: 9 },
  // A token the owner pastes is staged without a fetch.
  'resting + candidate-fetched': { phase: 'staging', tokenId: 'new' },
  'fetching + candidate-fetched': { phase: 'staging', tokenId: 'new' },
  'staging + read-back': { phase: 'proving', tokenId: 'cand' },
  'proving + proved': { phase: 'promoting', tokenId: 'cand' },
  'promoting + switched': resting,
  'resting + given-up': resting,
  'fetching + given-up': resting,
  'staging + given-up': resting,
  'proving + given-up': resting,
  'promoting + given-up': resting,
};

describe('the steps of a renewal', () => {
  const steps = Object.values(phases).flatMap((phase) => Object.values(events).map((event) => ({ phase, event, next: legal[`${phase.phase} + ${event.event}`] })));

  it.each(steps.filter((step) => step.next !== undefined))('$phase.phase + $event.event → $next.phase', ({ phase, event, next }) => {
    expect(nextPhase(phase, event)).toEqual(next);
  });

  it.each(steps.filter((step) => step.next === undefined))('$phase.phase + $event.event is impossible, and going on could lose a token', ({ phase, event }) => {
    expect(() => nextPhase(phase, event)).toThrow(`“${event.event}” while it is ${phase.phase}`);
  });

  it('no order of events promotes a candidate that was not read back and then proved', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...Object.values(events)), { maxLength: 12 }), (happened) => {
        let phase: RenewalPhase = resting;
        const taken: string[] = [];
        for (const event of happened) {
          const before: RenewalPhase = phase;
          try {
            phase = nextPhase(before, event);
          } catch {
            continue;
          }
          taken.push(event.event);
          if (event.event === 'switched') expect(taken.slice(-4)).toEqual(['candidate-fetched', 'read-back', 'proved', 'switched']);
        }
      }),
    );
  });

  it('know their candidate from its staging to its promotion', () => {
    expect(Object.values(phases).map(candidateOf)).toEqual([null, null, 'cand', 'cand', 'cand']);
  });
});
