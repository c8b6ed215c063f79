import { mkdtemp, rm } from 'node:fs/promises';
import { request as call } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type OurServer, startOurs } from '../gateway/ours.ts';
import { forgetPeak, residentMb } from '../gateway/process-stat.ts';
import { mediaId, pieces } from '../meta/media.ts';
import { startLoopbackMeta } from '../meta/start-loopback.ts';
import { numberId } from '../meta/tokens.ts';
import type { Figure } from '../report/figure.ts';
import { spreadOf } from '../report/spread.ts';

const BYTES = 64 * 1_024 * 1_024;
/** Meta's largest documents are of 100 MB; what is really flat does not grow with this either. */
const FOUR_TIMES = 4 * BYTES;
const ROUNDS = 5;
/** What a server is warmed up with before its memory counts as idle: calls, and a small file each way. */
const CALLS = 500;
const SMALL = 256 * 1_024;
/** Half of the file: whoever held it even once would need all of it, and Node's buffers on their way to the collector need a third. */
const GOAL_MB = 32;

/** How much memory the server needs on top of what it needs idle, while a large file goes through it in either direction. */
export async function mediaFigures(root: string): Promise<readonly Figure[]> {
  if (process.platform !== 'linux') throw new Error('This part reads /proc, which only Linux has.');
  const folder = await mkdtemp(join(tmpdir(), 'evertoken-bench-'));
  const meta = await startLoopbackMeta(0);
  const up: number[] = [];
  const down: number[] = [];
  const large: number[] = [];
  const idle: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    // A new process each time: the second file through the same one finds its buffers made.
    const server = await startOurs(root, folder, meta.url, null);
    await warmUp(server);
    const { now } = await residentMb(server.pid);
    idle.push(now);
    up.push((await peakOf(server, () => upload(server, BYTES))) - now);
    down.push((await peakOf(server, () => download(server, BYTES))) - now);
    large.push((await peakOf(server, () => download(server, FOUR_TIMES))) - now);
    await server.stop();
  }
  await meta.stop();
  await rm(folder, { recursive: true, force: true });
  const goal: Figure['goal'] = { of: 'ours', kind: 'at-most', limit: GOAL_MB };
  const figure = (id: string, name: string, values: readonly number[], aim: Figure['goal'], note: string | null): Figure => ({ id, name, unit: 'MB', ours: spreadOf(values), rival: null, goal: aim, note });
  return [
    figure('gateway-media-up', 'memory on top of idle, 64 MB up', up, goal, `Highest resident memory of the server's process meanwhile, less what it was after ${CALLS} calls and a small file each way; a new process each round, and the three one after the other in it.`),
    figure('gateway-media-down', '… 64 MB down', down, goal, null),
    figure('gateway-media-large', '… 256 MB down', large, goal, 'Four times the file: what is flat needs no more for it.'),
    figure('gateway-media-idle', '… idle, warmed up', idle, null, null),
  ];
}

async function peakOf(server: OurServer, work: () => Promise<void>): Promise<number> {
  await forgetPeak(server.pid);
  await work();
  return (await residentMb(server.pid)).peak;
}

async function warmUp(server: OurServer): Promise<void> {
  for (let done = 0; done < CALLS; done += 1) await (await fetch(`${server.graph}/v26.0/${numberId(1)}`, { headers: bearer(server) })).arrayBuffer();
  await upload(server, SMALL);
  await download(server, SMALL);
}

async function upload(server: OurServer, bytes: number): Promise<void> {
  const answered = new Promise<string>((resolve, reject) => {
    const request = call(`${server.graph}/v26.0/${numberId(1)}/media`, { method: 'POST', headers: { ...bearer(server), 'content-type': 'video/mp4', 'content-length': bytes } }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.once('end', () => resolve(text));
    });
    pipeline(Readable.from(pieces(bytes)), request).catch(reject);
    request.once('error', reject);
  });
  const { id } = JSON.parse(await answered) as { readonly id?: string };
  if (id !== mediaId(bytes)) throw new Error(`Of ${bytes} bytes sent up, another count arrived: ${await answered}`);
}

async function download(server: OurServer, bytes: number): Promise<void> {
  const found = (await (await fetch(`${server.graph}/v26.0/${mediaId(bytes)}`, { headers: bearer(server) })).json()) as { readonly url?: string };
  if (found.url?.startsWith(server.url) !== true) throw new Error(`The file's address does not point to the gateway: ${JSON.stringify(found)}`);
  const response = await fetch(found.url);
  let arrived = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) arrived += chunk.length;
  if (!response.ok || arrived !== bytes) throw new Error(`Of ${bytes} bytes ${arrived} arrived, with ${response.status}.`);
}

function bearer({ key }: OurServer): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key}` };
}
