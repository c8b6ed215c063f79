import { fork } from 'node:child_process';
import { join } from 'node:path';

/** Callers who all ask for the token at once. */
export interface CrowdJob {
  readonly url: string;
  readonly bearer: string;
  readonly callers: number;
}

/** What they got: each answer as `STATUS TOKEN`, with how many got it. */
export interface CrowdReport {
  /** From the first call until the last answer. */
  readonly ms: number;
  readonly answers: readonly (readonly [answer: string, count: number])[];
}

/** A crowd in a process of its own, started and waiting for its job: Node's start is no part of what is measured. */
export function gatherCrowd(): (job: CrowdJob) => Promise<CrowdReport> {
  const child = fork(join(import.meta.dirname, 'crowd-program.js'), { execArgv: [] });
  const report = new Promise<CrowdReport>((resolve, reject) => {
    child.once('message', (message) => resolve(message as CrowdReport));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The crowd ended with ${code}.`)));
  });
  // A crowd that ends early is told to whoever waits for it, also if nobody waits yet.
  report.catch(() => undefined);
  return (job) => {
    child.send(job);
    return report;
  };
}
