import { Pool } from 'undici';
import type { Paced, PacerJob } from './pacer-job.ts';

/** How many calls warm up connections and compilers before the clock runs. */
const WARM_UP = 500;
/** Connections at most; at these rates a few are in use. */
const CONNECTIONS = 64;

/**
 * A program: takes one `PacerJob` as a message and answers with `Paced`. Calls leave when they are due, whether or not those
 * before them were answered, so a slow answer cannot hide the wait of those behind it.
 */
process.once('message', (message) => {
  void work(message as PacerJob).then((paced) => process.send?.(paced, () => process.disconnect()));
});

async function work({ url, bearer, body, perSecond, seconds }: PacerJob): Promise<Paced> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: CONNECTIONS });
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
  const taken: number[] = [];
  let failed = 0;
  const call = async (due: number | null): Promise<void> => {
    const ok = await pool.request({ path: pathname, method: 'POST', headers, body }).then(
      async (answer) => {
        await answer.body.dump();
        return answer.statusCode === 200;
      },
      () => false,
    );
    if (!ok) failed += 1;
    if (due !== null) taken.push(performance.now() - due);
  };
  for (let done = 0; done < WARM_UP; done += 1) await call(null);

  const count = perSecond * seconds;
  const gap = 1_000 / perSecond;
  const start = performance.now() + gap;
  const pending: Promise<void>[] = [];
  await new Promise<void>((resolve) => {
    // Looks at the clock at every turn of the event loop: a timer would be late by up to a millisecond.
    const turn = (): void => {
      while (pending.length < count && start + pending.length * gap <= performance.now()) pending.push(call(start + pending.length * gap));
      if (pending.length < count) setImmediate(turn);
      else resolve();
    };
    turn();
  });
  await Promise.all(pending);
  await pool.close();
  taken.sort((a, b) => a - b);
  const at = (share: number): number => taken[Math.min(taken.length - 1, Math.floor(taken.length * share))] ?? Number.NaN;
  return { calls: taken.length, p50: at(0.5), p99: at(0.99), failed };
}
