import { describe, expect, it } from 'vitest';
import { type Figure, type Goal, ratioOf, type Verdict, verdictOf } from './report/figure.ts';
import { spreadOf } from './report/spread.ts';

const figure = (ours: readonly number[], rival: readonly number[] | null, goal: Goal | null): Figure => ({
  id: 'some',
  name: 'some work',
  unit: 'ms',
  ours: spreadOf(ours),
  rival: rival === null ? null : { name: 'somebody', spread: spreadOf(rival) },
  goal,
  note: null,
});

describe('the ratio', () => {
  it('is ours over the rival’s, by the medians', () => {
    expect(ratioOf(figure([1, 3, 1_000], [6], null))).toBe(0.5);
  });

  it('is none without a rival', () => {
    expect(ratioOf(figure([3], null, null))).toBeNull();
  });
});

describe('the verdict', () => {
  const below: Goal = { of: 'ratio', kind: 'below', limit: 1 };
  const notSlower: Goal = { of: 'ratio', kind: 'at-most', limit: 1 };
  const muchMore: Goal = { of: 'ratio', kind: 'at-least', limit: 1.5 };
  const tenMs: Goal = { of: 'ours', kind: 'at-most', limit: 10 };
  const one: Goal = { of: 'ours', kind: 'exactly', limit: 1 };
  const cases: readonly (readonly [what: string, ours: readonly number[], rival: readonly number[] | null, goal: Goal | null, expected: Verdict])[] = [
    ['no goal', [5], null, null, 'no goal'],
    ['below the rival', [99], [100], below, 'met'],
    ['as quick as the rival where it must be quicker', [100], [100], below, 'MISSED'],
    ['as quick as the rival where that will do', [100], [100], notSlower, 'met'],
    ['a little slower than the rival', [100.01], [100], notSlower, 'MISSED'],
    ['at its limit', [10], null, tenMs, 'met'],
    ['over its limit, with one quick round', [1, 10.5, 11], null, tenMs, 'MISSED'],
    ['under its limit, with one slow round', [8, 9, 500], null, tenMs, 'met'],
    ['as much more than the rival as it must be', [150], [100], muchMore, 'met'],
    ['more than the rival, and not enough', [149], [100], muchMore, 'MISSED'],
    ['exactly what it must be', [1, 1, 1], null, one, 'met'],
    ['one more', [2, 2, 2], null, one, 'MISSED'],
    ['none at all', [0], null, one, 'MISSED'],
    ['a rival that was not measured', [1], null, notSlower, 'MISSED'],
    ['no number', [Number.NaN], null, tenMs, 'MISSED'],
    ['neither a number nor a limit that it could exceed', [Number.NaN], [Number.NaN], below, 'MISSED'],
  ];

  it.each(cases)('on %s', (_, ours, rival, goal, expected) => {
    expect(verdictOf(figure(ours, rival, goal))).toBe(expected);
  });
});
