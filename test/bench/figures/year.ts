import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Figure } from '../report/figure.ts';
import { slopeOf, spreadOf } from '../report/spread.ts';
import type { Year } from '../year-program.ts';

/** Flat means: a year adds less than this to the memory in use, kB a month. */
const FLAT = 20;
/** Months in which caches fill and code is compiled. */
const SETTLING = 3;

/** Memory over a simulated year, in a process of its own whose garbage is collected before each reading. */
export async function yearFigures(): Promise<readonly Figure[]> {
  const year = await lived();
  const settled = year.heapKb.slice(SETTLING);
  const slope = slopeOf(settled);
  const readings = year.heapKb.map((kb) => (kb / 1_000).toFixed(2)).join(' ');
  return [
    {
      id: 'memory-slope',
      name: 'memory a month, over a simulated year',
      unit: 'kB',
      ours: spreadOf([slope]),
      rival: null,
      goal: { of: 'ours', kind: 'at-most', limit: FLAT },
      note: `${year.connections} connections, ${year.ticks.toLocaleString('en-US')} ticks, ${year.exchanges.toLocaleString('en-US')} tries to renew, ${year.checks.toLocaleString('en-US')} checks, a silent week every third month. MB in use at the end of each month: ${readings}. The slope leaves out the first ${SETTLING} months.`,
    },
    { id: 'memory', name: 'memory in use at the end of it', unit: 'MB', ours: spreadOf(settled.map((kb) => kb / 1_000)), rival: null, goal: null, note: `Living objects of keeper, bench and Node; the process held ${year.residentMb.toFixed(0)} MB. The year took ${year.seconds.toFixed(1)} s of processor time.` },
  ];
}

function lived(): Promise<Year> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'year-program.js'), [], { execArgv: ['--expose-gc'] });
    child.once('message', (message) => resolve(message as Year));
    child.once('exit', (code) => reject(new Error(`The year ended with ${code}.`)));
  });
}
