import { readFileSync } from 'node:fs';
import { explainError } from '../../src-main/core/graph/explain.ts';

/** One labelled text: a line of JSON. Further fields are not looked at. */
interface Labelled {
  readonly id?: number | string;
  readonly text: string;
  readonly cause: string;
  readonly expired_at: string | null;
  readonly human_must_act: boolean;
}

// `| head` closes the pipe early.
process.stdout.on('error', () => undefined);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const [file, ...flags] = process.argv.slice(2);
if (file === undefined) {
  say('Name a file of labelled texts: npm run explain:score -- FILE [--misses]. Each line is a JSON object with text, cause, expired_at and human_must_act.');
  process.exit(2);
}

const rows = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line) as Labelled);
const right = { cause: 0, expiredAt: 0, humanMustAct: 0 };
const perCause = new Map<string, { texts: number; found: number; claimed: number }>();
const countOf = (cause: string) => {
  const known = perCause.get(cause) ?? { texts: 0, found: 0, claimed: 0 };
  perCause.set(cause, known);
  return known;
};
const sameMoment = (a: string | null, b: string | null): boolean => a === b || (a !== null && b !== null && Date.parse(a) === Date.parse(b));

for (const [index, row] of rows.entries()) {
  const { cause, expiredAt, humanMustAct } = explainError(row.text);
  const hit = { cause: cause === row.cause, expiredAt: sameMoment(expiredAt, row.expired_at), humanMustAct: humanMustAct === row.human_must_act };
  right.cause += Number(hit.cause);
  right.expiredAt += Number(hit.expiredAt);
  right.humanMustAct += Number(hit.humanMustAct);
  countOf(row.cause).texts += 1;
  countOf(row.cause).found += Number(hit.cause);
  countOf(cause).claimed += 1;
  if (flags.includes('--misses') && !(hit.cause && hit.expiredAt && hit.humanMustAct)) {
    say(`${row.id ?? index + 1}: ${row.cause} ${row.expired_at} ${row.human_must_act} taken for ${cause} ${expiredAt} ${humanMustAct}`);
  }
}

const percent = (part: number, whole: number): string => `${whole === 0 ? '–' : ((100 * part) / whole).toFixed(1)} %`;
say(`${rows.length} texts: cause ${percent(right.cause, rows.length)}, expiredAt ${percent(right.expiredAt, rows.length)}, humanMustAct ${percent(right.humanMustAct, rows.length)}`);
say('cause                   texts  recall   precision');
for (const [cause, { texts, found, claimed }] of [...perCause].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
  say(`${cause.padEnd(23)} ${String(texts).padStart(5)}  ${percent(found, texts).padStart(7)}  ${percent(found, claimed).padStart(7)}`);
}
