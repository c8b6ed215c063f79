import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { TokenAnswer } from '../../../src-main/contract/admin.ts';
import { MINUTE } from '../../../src-main/core/time.ts';
import { gatherCrowd } from '../gateway/crowd.ts';
import { type OurServer, startOurs } from '../gateway/ours.ts';
import { type LoopbackMeta, startLoopbackMeta } from '../meta/start-loopback.ts';
import type { Figure } from '../report/figure.ts';
import { spreadOf } from '../report/spread.ts';

const CALLERS = 5_000;
const ROUNDS = 5;
/** Meta takes so long over each answer, ms: the crowd arrives while the renewal runs. */
const DELAY = 200;
const BEFORE_THE_END = 10 * MINUTE;
const PATIENCE = 30_000;

/** Callers with a connection each, at the built server, whose token has ten minutes left: they come while it is renewed and wait for the new one. */
export async function gatewayCallerFigures(root: string): Promise<readonly Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'evertoken-bench-'));
  const clockFile = join(folder, 'clock.json');
  const meta = await startLoopbackMeta(DELAY);
  const exchanges: number[] = [];
  const served: number[] = [];
  const taken: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await moveClocks(clockFile, meta, 0);
    const server = await startOurs(root, folder, meta.url, null, clockFile);
    const crowd = gatherCrowd();
    const old = await tokenOf(server);
    await moveClocks(clockFile, meta, Date.parse(old.expires_at ?? '') - BEFORE_THE_END - Date.now());
    const begun = await renewalBegins(meta);
    const report = await crowd({ url: server.token, bearer: server.key, callers: CALLERS });
    const fresh = await tokenOf(server);
    if (fresh.access_token === old.access_token) throw new Error('The token was not renewed.');
    exchanges.push(begun + ((await meta.set(0))['oauth'] ?? 0));
    served.push(new Map(report.answers).get(`200 ${fresh.access_token}`) ?? 0);
    taken.push(report.ms);
    await server.stop();
  }
  await meta.stop();
  await rm(folder, { recursive: true, force: true });
  const many = CALLERS.toLocaleString('en-US');
  return [
    { id: 'gateway-callers-exchanges', name: `exchanges for ${many} callers of the gateway`, unit: 'calls', ours: spreadOf(exchanges), rival: null, goal: { of: 'ours', kind: 'exactly', limit: 1 }, note: 'The token had ten minutes left.' },
    { id: 'gateway-callers-served', name: '… who got the new token', unit: 'callers', ours: spreadOf(served), rival: null, goal: { of: 'ours', kind: 'exactly', limit: CALLERS }, note: null },
    { id: 'gateway-callers', name: '… until the last was served', unit: 'ms', ours: spreadOf(taken), rival: null, goal: null, note: `Each opens a connection of its own while the renewal runs; each of Meta's answers takes ${DELAY} ms, and a renewal needs two in a row.` },
  ];
}

async function tokenOf(server: OurServer): Promise<TokenAnswer> {
  const response = await fetch(server.token, { headers: { authorization: `Bearer ${server.key}` } });
  if (!response.ok) throw new Error(`The token was refused: ${await response.text()}`);
  return (await response.json()) as TokenAnswer;
}

async function moveClocks(clockFile: string, meta: LoopbackMeta, aheadMs: number): Promise<void> {
  await meta.set(aheadMs);
  await writeFile(`${clockFile}.new`, JSON.stringify({ offsetMs: Math.round(aheadMs), rate: 1 }));
  await rename(`${clockFile}.new`, clockFile);
}

/** Waits until Meta was asked for a new token; answers how often it was. */
async function renewalBegins(meta: LoopbackMeta): Promise<number> {
  const until = performance.now() + PATIENCE;
  while (performance.now() < until) {
    const { oauth = 0 } = await meta.calls();
    if (oauth > 0) return oauth;
    await wait(5);
  }
  throw new Error('The token was not renewed although its end is near.');
}
