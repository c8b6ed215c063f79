import { parseArgs } from 'node:util';
import { liveOneYear } from '../simulation/year.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A whole number from the command line, at least 1. */
function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  say(`--${name} takes a whole number, at least 1.`);
  process.exit(2);
}

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '300' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    days: { type: 'string', default: '365' },
    trace: { type: 'boolean', default: false },
  },
});
const days = wholeNumber('days', values.days);
const first = wholeNumber('from', values.seed ?? values.from);
const last = values.seed === undefined ? first + wholeNumber('seeds', values.seeds) - 1 : first;

let broken = 0;
let steps = 0;
const began = performance.now();
for (let seed = first; seed <= last; seed += 1) {
  const report = await liveOneYear(seed, { days, ...(values.trace ? { show: say } : {}) });
  steps += report.steps;
  if (values.trace) say(report.settings);
  if (report.violations.length === 0) continue;
  broken += 1;
  for (const { invariant, at, detail } of report.violations.slice(0, 3)) say(`seed ${seed}: ${invariant} at ${new Date(at).toISOString()}: ${detail}`);
  if (values.seed === undefined) say(`  replay: npm run simulate -- --seed ${seed} --trace`);
}
const years = last - first + 1;
const seconds = (performance.now() - began) / 1_000;
say(`${years} simulated years, ${steps} steps in ${seconds.toFixed(1)} s (${(years / seconds).toFixed(1)} years a second); ${broken} broke a promise.`);
// Dead processes of the simulation may have left a timer behind.
process.exit(broken === 0 ? 0 : 1);
