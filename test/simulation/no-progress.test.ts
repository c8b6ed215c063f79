import { describe, expect, it, vi } from 'vitest';
import type * as History from '../../src-main/core/renewal/history.ts';
import { hunt } from './defects/hunt.ts';

// A defect of the policy itself: what no port can plant is planted by replacing the one function.
vi.mock('../../src-main/core/renewal/history.ts', async (original) => {
  const real = await original<typeof History>();
  return {
    ...real,
    afterAttempt: (...[record, attempt]: Parameters<typeof real.afterAttempt>) => real.afterAttempt(record, attempt.result === 'no-progress' ? { ...attempt, result: 'renewed' } : attempt),
  };
});

describe('a planted defect is caught', () => {
  it('no progress counted as success', { timeout: 120_000 }, async () => {
    const caught = await hunt({ breaks: ['rung-missing'], plant: () => ({}), shape: { longLivedExchange: 'same-string', made: 'user-long', givesSecret: true } });
    expect(caught?.violation.detail).toContain('expiry stands at nothing');
  });
});
