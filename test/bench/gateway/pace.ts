import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { onProcessors } from '../processes.ts';
import type { Paced, PacerJob } from './pacer-job.ts';

/** Lets a pacer of its own process do the job. Rejects where any call failed. */
export async function pace(job: PacerJob, cpus: string | null): Promise<Paced> {
  const [command = '', ...args] = onProcessors(cpus, [process.execPath, join(import.meta.dirname, 'pacer-program.js')]);
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const paced = await new Promise<Paced>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Paced));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The pacer ended with ${code}.`)));
    child.send(job);
  });
  if (paced.failed > 0) throw new Error(`${paced.failed} of ${paced.calls} calls to ${job.url} failed.`);
  return paced;
}
