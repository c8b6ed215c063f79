import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startUpstream } from '../gateway/nginx.ts';
import { startOurs } from '../gateway/ours.ts';
import { pace } from '../gateway/pace.ts';
import { placement } from '../gateway/placement.ts';
import { processorMs } from '../gateway/process-stat.ts';
import { MESSAGE } from '../gateway/wrk.ts';
import { startLoopbackMeta } from '../meta/start-loopback.ts';
import { numberId } from '../meta/tokens.ts';
import type { Figure } from '../report/figure.ts';
import { median, spreadOf } from '../report/spread.ts';

/** What Meta allows a number by default, and at most, sends a second. */
const RATES = [80, 1_000] as const;
const ROUNDS = 5;
const SECONDS = 8;
const PATH = `/v26.0/${numberId(1)}/messages`;

/** What the gateway adds to a send at a steady rate, and how much of a processor it takes. */
export async function pacedFigures(root: string): Promise<readonly Figure[]> {
  const { contender, others, words } = placement();
  const folder = await mkdtemp(join(tmpdir(), 'evertoken-bench-'));
  const meta = await startLoopbackMeta(0);
  const upstream = await startUpstream(folder, meta.url, others);
  const server = await startOurs(root, folder, upstream.url, contender);
  const figures: Figure[] = [];
  for (const perSecond of RATES) {
    const job = { body: MESSAGE, perSecond, seconds: SECONDS };
    const added: number[] = [];
    const p99 = { ours: [] as number[], direct: [] as number[] };
    const p50 = { ours: [] as number[], direct: [] as number[] };
    const share: number[] = [];
    for (let round = -1; round < ROUNDS; round += 1) {
      const straight = await pace({ ...job, url: `${upstream.url}${PATH}`, bearer: server.key }, others);
      const [before, began] = [await processorMs(server.pid), performance.now()];
      const through = await pace({ ...job, url: `${server.graph}${PATH}`, bearer: server.key }, others);
      const busy = ((await processorMs(server.pid)) - before) / (performance.now() - began);
      if (round < 0) continue;
      added.push(through.p99 - straight.p99);
      p99.ours.push(through.p99);
      p99.direct.push(straight.p99);
      p50.ours.push(through.p50);
      p50.direct.push(straight.p50);
      share.push(busy * 100);
    }
    const rate = `${perSecond.toLocaleString('en-US')} sends a second`;
    const ms = (values: readonly number[]): string => `${median(values).toFixed(2)} ms`;
    figures.push(
      {
        id: `gateway-paced-${perSecond}`,
        name: `added to the slowest hundredth, ${rate}`,
        unit: 'ms',
        ours: spreadOf(added),
        rival: null,
        goal: { of: 'ours', kind: 'at-most', limit: 1 },
        note: `p99 through the gateway ${ms(p99.ours)}, straight ${ms(p99.direct)}; p50 ${ms(p50.ours)} and ${ms(p50.direct)}. From the moment a call was due, ${SECONDS} s a round. ${words}`,
      },
      { id: `gateway-paced-${perSecond}-processor`, name: `… of a processor for that`, unit: '%', ours: spreadOf(share), rival: null, goal: null, note: null },
    );
  }
  await server.stop();
  await upstream.stop();
  await meta.stop();
  await rm(folder, { recursive: true, force: true });
  return figures;
}
