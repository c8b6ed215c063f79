import { type Figure, type Goal, ratioOf, verdictOf } from './figure.ts';
import type { Spread } from './spread.ts';

const HEAD = ['figure', 'ours', 'rival', 'ratio', 'goal', 'verdict'] as const;

/** The figures as a table for a terminal, with the notes and the count of missed goals below it. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure, index) => rowOf(figure, index + 1));
  const widths = HEAD.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd();
  const notes = figures.flatMap(({ note }, index) => (note === null ? [] : [`${index + 1}. ${note}`]));
  return [line(HEAD), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line), '', 'Each number is a median, with the least and the greatest round in brackets.', ...notes, '', missedLine(figures)].join('\n');
}

/** `missed goals: none`, or which ones. */
export function missedLine(figures: readonly Figure[]): string {
  const missed = figures.filter((figure) => verdictOf(figure) === 'MISSED').map(({ id }) => id);
  return missed.length === 0 ? 'missed goals: none' : `missed goals: ${missed.length} (${missed.join(', ')})`;
}

/** The same as data. */
export function jsonOf(figures: readonly Figure[], machine: Readonly<Record<string, string | number>>): string {
  const told = figures.map((figure) => ({ ...figure, ratio: ratioOf(figure), verdict: verdictOf(figure) }));
  return JSON.stringify({ machine, figures: told, missed: told.filter(({ verdict }) => verdict === 'MISSED').map(({ id }) => id) }, null, 2);
}

function rowOf(figure: Figure, number: number): readonly string[] {
  const { name, unit, ours, rival, goal } = figure;
  const ratio = ratioOf(figure);
  return [`${number}. ${name}`, spreadWords(ours, unit), rival === null ? '–' : `${spreadWords(rival.spread, unit)} ${rival.name}`, ratio === null ? '–' : amount(ratio), goal === null ? '–' : goalWords(goal, unit), verdictOf(figure)];
}

function spreadWords({ median, min, max, rounds }: Spread, unit: string): string {
  const middle = `${amount(median)} ${unit}`;
  return rounds === 1 ? middle : `${middle} (${amount(min)}–${amount(max)})`;
}

const SIGNS = { 'at-most': '≤', below: '<', 'at-least': '≥', exactly: '=' } as const;

function goalWords({ of, kind, limit }: Goal, unit: string): string {
  return of === 'ours' ? `${SIGNS[kind]} ${amount(limit)} ${unit}` : `${SIGNS[kind]} ${amount(limit)} × rival`;
}

/** Three significant digits, without an exponent. */
function amount(value: number): string {
  const size = Math.abs(value);
  if (size >= 100 || Number.isInteger(value)) return Math.round(value).toLocaleString('en-US');
  return value.toFixed(size >= 10 ? 1 : size >= 1 ? 2 : 3);
}
