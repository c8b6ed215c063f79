import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onProcessors } from '../processes.ts';

/** What a run of wrk came to. */
export interface WrkRun {
  /** Answers a second. */
  readonly perSecond: number;
  readonly answers: number;
  /** ms. */
  readonly p50: number;
  readonly p99: number;
}

/** What wrk is to send. */
export interface Load {
  readonly url: string;
  /** Stands in `Authorization: Bearer`. A secret only of the benchmark. */
  readonly bearer: string;
  readonly seconds: number;
  readonly connections: number;
}

/** A text message of exactly 120 bytes. */
export const MESSAGE = JSON.stringify({ messaging_product: 'whatsapp', to: '15550100001', type: 'text', text: { body: 'Your order is ready. See you soon!' } }).padEnd(120);

/** Posts the message over and over, each connection as soon as it was answered. Rejects where any answer was not a 2xx, or none came. */
export async function wrk(folder: string, { url, bearer, seconds, connections }: Load, cpus: string | null): Promise<WrkRun> {
  const script = join(folder, 'post.lua');
  // In a file of this folder, which only we can read: on the command line everybody could see the key.
  await writeFile(script, postScript(bearer), { mode: 0o600 });
  const args = ['-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', script, url];
  const told = await output(onProcessors(cpus, ['wrk', ...args]));
  const line = told.split('\n').find((one) => one.startsWith('{'));
  if (line === undefined) throw new Error(`wrk said nothing that can be read:\n${told}`);
  const run = JSON.parse(line) as { readonly answers: number; readonly us: number; readonly failed: number; readonly p50: number; readonly p99: number };
  if (run.failed > 0) throw new Error(`${run.failed} of ${run.answers} calls to ${url} failed.`);
  return { perSecond: run.answers / (run.us / 1e6), answers: run.answers, p50: run.p50 / 1_000, p99: run.p99 / 1_000 };
}

function postScript(bearer: string): string {
  return `wrk.method = "POST"
wrk.body = '${MESSAGE}'
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer ${bearer}"
done = function(summary, latency)
  local e = summary.errors
  io.write(string.format('{"answers":%d,"us":%d,"failed":%d,"p50":%d,"p99":%d}\\n', summary.requests, summary.duration, e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50), latency:percentile(99)))
end
`;
}

function output([command = '', ...args]: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve(text) : reject(new Error(`${command} ended with ${code}:\n${text}`))));
  });
}
