import type { CliIo } from './io.ts';

/** Sooner than this (ms), a line that comes and goes would only flicker. */
const PATIENCE = 300;

/** Says on a terminal's standard error what is being waited for, and wipes it out again. Nothing is said into a pipe. */
export async function withProgress<Value>(io: CliIo, words: string, work: () => Promise<Value>): Promise<Value> {
  if (!io.stderrIsTty) return work();
  let shown = false;
  const timer = setTimeout(() => {
    shown = true;
    io.err(words);
  }, PATIENCE);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    if (shown) io.err('\r\u001b[K');
  }
}
