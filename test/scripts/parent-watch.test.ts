import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { endWithParents } from '../../scripts/setup/parent-watch.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

it('ends once, when the parents are others than at the start', () => {
  let parents = '100 99';
  let ends = 0;
  endWithParents(
    () => parents,
    () => {
      ends += 1;
    },
    500,
  );
  vi.advanceTimersByTime(60_000);
  expect(ends).toBe(0);
  parents = '1 ';
  vi.advanceTimersByTime(500);
  expect(ends).toBe(1);
  vi.advanceTimersByTime(60_000);
  expect(ends).toBe(1);
});
