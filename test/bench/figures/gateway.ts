import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNginxProxy, startUpstream } from '../gateway/nginx.ts';
import { type OurServer, startOurs } from '../gateway/ours.ts';
import { placement } from '../gateway/placement.ts';
import { processorMs } from '../gateway/process-stat.ts';
import { MESSAGE, wrk } from '../gateway/wrk.ts';
import { startLoopbackMeta } from '../meta/start-loopback.ts';
import { makeToken, numberId, SIXTY_DAYS } from '../meta/tokens.ts';
import { freePort, startBeside } from '../processes.ts';
import type { Figure } from '../report/figure.ts';
import { median, type Spread, spreadOf } from '../report/spread.ts';

const CONNECTIONS = 32;
const ROUNDS = 7;
const SECONDS = 4;
const PATH = `/v26.0/${numberId(1)}/messages`;
const GOAL = 1.5;

interface Contender {
  readonly name: string;
  readonly url: string;
  readonly bearer: string;
  readonly pid: number;
  readonly perSecond: number[];
  readonly p99: number[];
  /** Processor time of the contender for one call, µs. */
  readonly microseconds: number[];
  readonly stop: () => Promise<void>;
}

/** Sends passed on in a second: ours as shipped, and three that do nothing but pass on, against one upstream that answers at once. Each in a process of its own, in turn. */
export async function gatewayFigures(root: string): Promise<readonly Figure[]> {
  const { contender: one, others, words } = placement();
  const folder = await mkdtemp(join(tmpdir(), 'evertoken-bench-'));
  const meta = await startLoopbackMeta(0);
  const upstream = await startUpstream(folder, meta.url, others);
  const issuedAt = Math.floor(Date.now() / 1_000);
  const token = makeToken({ shop: 1, issuedAt, expiresAt: issuedAt + SIXTY_DAYS });
  const server = await startOurs(root, folder, upstream.url, one);
  const nginx = await startNginxProxy(folder, upstream.url, token, one);
  const ours = contender('ours', server.graph, server.key, server);
  const httpProxy = await rival(root, 'http-proxy', upstream.url, token, one);
  const keptAlive = await rival(root, 'http-proxy with an agent', upstream.url, token, one);
  const undici = await rival(root, 'bare undici', upstream.url, token, one);
  const bareNginx = contender('nginx', nginx.url, 'x'.repeat(server.key.length), nginx);
  const direct = contender('no proxy', upstream.url, token, upstream);
  const all = [ours, httpProxy, keptAlive, undici, bareNginx, direct];

  let answers = 0;
  for (let round = -1; round < ROUNDS; round += 1) {
    // Each begins a round in its turn: whoever is measured first may find the machine in another mood.
    for (let turn = 0; turn < all.length; turn += 1) {
      const who = all[(turn + Math.max(round, 0)) % all.length];
      if (who === undefined) continue;
      const before = await processorMs(who.pid);
      const run = await wrk(folder, { url: `${who.url}${PATH}`, bearer: who.bearer, seconds: SECONDS, connections: CONNECTIONS }, others);
      if (who === ours) answers += run.answers;
      if (round < 0) continue;
      who.perSecond.push(run.perSecond);
      who.p99.push(run.p99);
      who.microseconds.push((((await processorMs(who.pid)) - before) * 1_000) / run.answers);
    }
  }
  await assertCounted(server, answers);
  await Promise.all(all.map(({ stop }) => stop()));
  await meta.stop();
  await rm(folder, { recursive: true, force: true });

  const note = `wrk, ${CONNECTIONS} connections, a POST of ${Buffer.byteLength(MESSAGE)} bytes, ${SECONDS} s a round; the upstream is an nginx that answers by itself. ${words} Ours checks the key, counts and logs as shipped; the rivals only pass on.`;
  const figure = (id: string, name: string, against: Contender, goal: Figure['goal'], more: string | null): Figure => ({ id, name, unit: 'calls/s', ours: spreadOf(ours.perSecond), rival: { name: against.name, spread: spreadOf(against.perSecond) }, goal, note: more });
  return [
    figure('gateway', 'sends through the gateway', httpProxy, { of: 'ratio', kind: 'at-least', limit: GOAL }, note),
    figure('gateway-kept-alive', '… against http-proxy with an agent', keptAlive, null, 'By itself http-proxy opens a connection to the target for each call. Given an agent of Node’s, it keeps them.'),
    figure('gateway-undici', '… against a bare undici proxy', undici, null, null),
    figure('gateway-nginx', '… against nginx, one worker', bareNginx, null, `nginx itself is at ${ratio(bareNginx, direct)} of what load and upstream reach without any proxy: near 1 would mean that they hold it back and not the other way round.`),
    { id: 'gateway-processor', name: '… processor time of each', unit: 'µs', ours: spreadOf(ours.microseconds), rival: { name: httpProxy.name, spread: spreadOf(httpProxy.microseconds) }, goal: null, note: `Bare undici ${shown(spreadOf(undici.microseconds))} µs. Steadier than the calls a second where the machine has other work.` },
    { id: 'gateway-p99', name: '… the slowest hundredth of them', unit: 'ms', ours: spreadOf(ours.p99), rival: { name: httpProxy.name, spread: spreadOf(httpProxy.p99) }, goal: null, note: `At full load, so it is mostly waiting in line; nginx ${shown(spreadOf(bareNginx.p99))} ms, bare undici ${shown(spreadOf(undici.p99))} ms.` },
  ];
}

function contender(name: string, url: string, bearer: string, { pid, stop }: { readonly pid: number; stop(): Promise<void> }): Contender {
  return { name, url, bearer, pid, perSecond: [], p99: [], microseconds: [], stop };
}

/** The programs of the rivals, and what they are told besides port, target and token. */
const RIVALS = {
  'http-proxy': ['http-proxy.js'],
  'http-proxy with an agent': ['http-proxy.js', 'keep-alive'],
  'bare undici': ['undici-proxy.js'],
} as const;

async function rival(root: string, name: keyof typeof RIVALS, upstream: string, token: string, cpus: string | null): Promise<Contender> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const [file, ...how] = RIVALS[name];
  const program = join(root, 'test', 'bench', 'rivals', file);
  return contender(name, url, token, await startBeside(process.execPath, [program, String(port), upstream, token, ...how], `${url}/ready`, { cpus }));
}

/** A gateway that was quick because it did not count would be measured for nothing. */
async function assertCounted(server: OurServer, answers: number): Promise<void> {
  const counted = await server.counted();
  if (counted < answers) throw new Error(`${answers} calls were answered, and Evertoken counted ${counted}.`);
}

function ratio(one: Contender, other: Contender): string {
  return (median(one.perSecond) / median(other.perSecond)).toFixed(2);
}

function shown({ median: middle }: Spread): string {
  return middle.toFixed(2);
}
