import { describe, expect, it } from 'vitest';
import type { Figure } from './report/figure.ts';
import { spreadOf } from './report/spread.ts';
import { jsonOf, missedLine, tableOf } from './report/table.ts';

const QUICK: Figure = { id: 'quick', name: 'quick work', unit: 'ns', ours: spreadOf([87.4, 86, 90]), rival: { name: 'somebody', spread: spreadOf([126, 125, 138]) }, goal: { of: 'ratio', kind: 'below', limit: 1 }, note: 'A note.' };
const SLOW: Figure = { id: 'slow', name: 'slow work', unit: 'ms', ours: spreadOf([12_345.6]), rival: null, goal: { of: 'ours', kind: 'at-most', limit: 10 }, note: null };
const FREE: Figure = { id: 'free', name: 'free work', unit: 'kB', ours: spreadOf([-0.25, -0.25]), rival: null, goal: null, note: 'Another.' };

describe('the table', () => {
  const lines = tableOf([QUICK, SLOW, FREE]).split('\n');

  it('has a line for each figure, with its verdict', () => {
    expect(lines[0]).toMatch(/^figure +ours +rival +ratio +goal +verdict$/);
    expect(lines[2]?.split(/ {2,}/)).toEqual(['1. quick work', '87.4 ns (86–90)', '126 ns (125–138) somebody', '0.694', '< 1 × rival', 'met']);
    expect(lines[3]?.split(/ {2,}/)).toEqual(['2. slow work', '12,346 ms', '–', '–', '≤ 10 ms', 'MISSED']);
    expect(lines[4]?.split(/ {2,}/)).toEqual(['3. free work', '-0.250 kB (-0.250–-0.250)', '–', '–', '–', 'no goal']);
  });

  it('keeps its columns under each other', () => {
    const column = lines[0]?.indexOf('goal') ?? -1;
    expect([lines[2], lines[3]].map((line) => line?.slice(column, column + 1))).toEqual(['<', '≤']);
  });

  it('has the notes below it, by the number of their figure', () => {
    expect(lines).toContain('1. A note.');
    expect(lines).toContain('3. Another.');
  });

  it('ends with the missed goals', () => {
    expect(lines.at(-1)).toBe('missed goals: 1 (slow)');
    expect(missedLine([QUICK, FREE])).toBe('missed goals: none');
  });
});

describe('the JSON', () => {
  it('holds every figure with ratio and verdict, and the missed ones', () => {
    const told = JSON.parse(jsonOf([QUICK, SLOW], { node: '20' })) as { readonly figures: readonly unknown[] };
    expect(told).toMatchObject({ machine: { node: '20' }, missed: ['slow'] });
    expect(told.figures).toEqual([
      { ...QUICK, ratio: 87.4 / 126, verdict: 'met' },
      { ...SLOW, ratio: null, verdict: 'MISSED' },
    ]);
  });
});
