import { cpus, totalmem } from 'node:os';
import { callerFigures } from './figures/callers.ts';
import { crowdFigures } from './figures/crowd.ts';
import { desktopIdleFigures } from './figures/desktop-idle.ts';
import { desktopStartFigures } from './figures/desktop-start.ts';
import { explainFigures } from './figures/explain.ts';
import { gatewayFigures } from './figures/gateway.ts';
import { gatewayCallerFigures } from './figures/gateway-callers.ts';
import { mediaFigures } from './figures/gateway-media.ts';
import { pacedFigures } from './figures/gateway-paced.ts';
import { handOutFigure } from './figures/hand-out.ts';
import { startUpFigures } from './figures/start-up.ts';
import { windowSizeFigures } from './figures/window-size.ts';
import { yearFigures } from './figures/year.ts';
import type { Figure } from './report/figure.ts';
import { jsonOf, tableOf } from './report/table.ts';

/**
 * The benchmark: `main.js ROOT [--json] [--only PART]… [--without BEGINNING]`. Prints the table, or JSON and nothing else, on standard output;
 * what it is doing meanwhile on standard error. A missed goal is printed and is no failure.
 */
const [root = '.', ...flags] = process.argv.slice(2);

const PARTS: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  'hand-out': async () => [await handOutFigure()],
  callers: callerFigures,
  crowd: crowdFigures,
  memory: yearFigures,
  explain: explainFigures,
  'start-up': () => startUpFigures(root),
  gateway: () => gatewayFigures(root),
  'gateway-paced': () => pacedFigures(root),
  'gateway-media': () => mediaFigures(root),
  'gateway-callers': () => gatewayCallerFigures(root),
  'desktop-start': () => desktopStartFigures(root),
  'window-size': () => windowSizeFigures(root),
  // Last: it takes eleven minutes, in which nothing else may run.
  'desktop-idle': () => desktopIdleFigures(root),
};

const chosen = flags.filter((_, index) => flags[index - 1] === '--only');
const without = flags[flags.indexOf('--without') + 1];
const unknown = chosen.find((name) => !(name in PARTS));
if (unknown !== undefined) {
  process.stderr.write(`There is no part “${unknown}”. There are: ${Object.keys(PARTS).join(', ')}.\n`);
  process.exit(2);
}

const figures: Figure[] = [];
for (const [name, measure] of Object.entries(PARTS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  if (flags.includes('--without') && name.startsWith(without ?? '')) continue;
  process.stderr.write(`measuring: ${name} …\n`);
  figures.push(...(await measure()));
}

const machine = { node: process.versions.node, platform: `${process.platform} ${process.arch}`, processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length, memoryGb: Math.round(totalmem() / 1e9) };
const told = flags.includes('--json') ? jsonOf(figures, machine) : `Node ${machine.node}, ${machine.platform}, ${machine.cores} × ${machine.processor}\n\n${tableOf(figures)}`;
process.stdout.write(`${told}\n`);
