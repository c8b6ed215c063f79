import { describe, expect, it } from 'vitest';
import { median, slopeOf, spreadOf } from './report/spread.ts';

describe('the median', () => {
  it.each([
    [[7], 7],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
    [[1_000, 1, 1, 1, 1], 1],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('leaves the values as they were', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  it('of nothing is an error and not a number', () => {
    expect(() => median([])).toThrow(RangeError);
  });

  it('comes with the least, the greatest and the count', () => {
    expect(spreadOf([5, 1, 30])).toEqual({ median: 5, min: 1, max: 30, rounds: 3 });
  });
});

describe('the slope', () => {
  it.each([
    ['level', [6, 6, 6], 0],
    ['rising by two each', [1, 3, 5, 7], 2],
    ['falling', [10, 7, 4], -3],
    // Least squares by hand: the deviations -1, 0, 1 times 0, 3, 0 from the mean 1.
    ['a bump in the middle', [0, 3, 0], 0],
    ['uneven', [1, 2, 6], 2.5],
  ])('of %s values', (_, values, expected) => {
    expect(slopeOf(values)).toBeCloseTo(expected, 12);
  });

  it('of one value is an error', () => {
    expect(() => slopeOf([1])).toThrow(RangeError);
  });
});
