import { describe, expect, it } from 'vitest';
import { liveOneYear } from './year.ts';

describe('a seed', () => {
  it.each([3, 20, 53])('%i replays exactly', { timeout: 60_000 }, async (seed) => {
    const lines: string[] = [];
    const first = await liveOneYear(seed, { show: (line) => lines.push(line) });
    const again: string[] = [];
    const second = await liveOneYear(seed, { show: (line) => again.push(line) });
    expect(again).toEqual(lines);
    expect(second).toEqual(first);
    expect(lines.length).toBeGreaterThan(1_000);
  });

  it('is not like another', async () => {
    const [one, other] = [await liveOneYear(3, { days: 30 }), await liveOneYear(4, { days: 30 })];
    expect(one.digest).not.toBe(other.digest);
  });
});
