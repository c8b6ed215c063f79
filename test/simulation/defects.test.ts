import { describe, expect, it } from 'vitest';
import { PLANTED } from './defects/catalogue.ts';
import { hunt, PATIENCE } from './defects/hunt.ts';
import { liveOneYear } from './year.ts';

describe('a planted defect is caught', () => {
  it.each(PLANTED.map((defect) => [defect.name, defect] as const))('%s', { timeout: 120_000 }, async (_name, defect) => {
    const caught = await hunt(defect);
    expect(caught, `within ${PATIENCE} seeds`).not.toBeNull();
    // The very year that catches it is a good one without it.
    const { violations } = await liveOneYear(caught?.seed ?? 1, { shape: defect.shape ?? {} });
    expect(violations).toEqual([]);
  });
});
