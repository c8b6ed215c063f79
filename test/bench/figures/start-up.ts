import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answering, freePort } from '../processes.ts';
import type { Figure } from '../report/figure.ts';
import { spreadOf } from '../report/spread.ts';

const ROUNDS = 7;
/** What Node itself needs to start and answer. */
const BARE = `require('node:http').createServer((_, r) => r.end('ok')).listen(Number(process.env.EVERTOKEN_PORT), '127.0.0.1')`;

/** From the start of the process to an answer on `/healthz`: the built server, the same through `npm run serve`'s script, and a bare Node. */
export async function startUpFigures(root: string): Promise<readonly Figure[]> {
  const server: number[] = [];
  const script: number[] = [];
  const bare: number[] = [];
  for (let round = -1; round < ROUNDS; round += 1) {
    const taken = [await untilAnswer([join(root, 'dist', 'server.js')]), await untilAnswer([join(root, 'scripts', 'serve.js')]), await untilAnswer(['-e', BARE])] as const;
    if (round < 0) continue;
    server.push(taken[0]);
    script.push(taken[1]);
    bare.push(taken[2]);
  }
  const rival = { name: 'bare Node server', spread: spreadOf(bare) };
  return [
    { id: 'start-server', name: 'start of dist/server.js to /healthz', unit: 'ms', ours: spreadOf(server), rival, goal: null, note: 'Built program, empty data folder, no keychain (memory only).' },
    { id: 'start-script', name: 'the same by scripts/serve.js, all up to date', unit: 'ms', ours: spreadOf(script), rival, goal: null, note: 'What npm run serve runs; the difference is finding out that nothing changed.' },
  ];
}

async function untilAnswer(args: readonly string[]): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'evertoken-bench-'));
  const port = await freePort();
  const began = performance.now();
  // No session bus, so that nobody's keychain is asked; no address of Meta either.
  const env = { PATH: process.env['PATH'] ?? '', HOME: folder, EVERTOKEN_DATA_DIR: join(folder, 'data'), EVERTOKEN_GRAPH_URL: 'http://127.0.0.1:9', EVERTOKEN_PORT: String(port) };
  const child = spawn(process.execPath, args, { env, stdio: 'ignore' });
  try {
    await answering(`http://127.0.0.1:${port}/healthz`, child);
    return performance.now() - began;
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill('SIGTERM')) await ended;
    await rm(folder, { recursive: true, force: true });
  }
}
