import { parseArgs } from 'node:util';
import { liveOneYear } from '../simulation/year.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '300' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    days: { type: 'string', default: '365' },
    trace: { type: 'boolean', default: false },
  },
});
const only = values.seed === undefined ? null : Number(values.seed);
const from = only ?? Number(values.from);
const count = only === null ? Number(values.seeds) : 1;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

let broken = 0;
let steps = 0;
const began = performance.now();
for (let seed = from; seed < from + count; seed += 1) {
  const report = await liveOneYear(seed, { days: Number(values.days), ...(values.trace ? { show: say } : {}) });
  steps += report.steps;
  if (values.trace) say(report.settings);
  if (report.violations.length === 0) continue;
  broken += 1;
  for (const { invariant, at, detail } of report.violations.slice(0, 3)) say(`seed ${seed}: ${invariant} at ${new Date(at).toISOString()}: ${detail}`);
  if (only === null) say(`  replay: npm run simulate -- --seed ${seed} --trace`);
}
const seconds = (performance.now() - began) / 1_000;
say(`${count} simulated years, ${steps} steps, ${seconds.toFixed(1)} s; ${broken} broke a promise.`);
process.exit(broken === 0 ? 0 : 1);
