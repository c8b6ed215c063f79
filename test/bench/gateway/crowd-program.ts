import { Pool } from 'undici';
import type { CrowdJob, CrowdReport } from './crowd.ts';

/** How long a caller waits for a connection, and for its answer, ms. */
const PATIENCE = 60_000;

/** A program: takes one `CrowdJob` as a message, lets that many callers ask at once, each on a connection of its own, and answers with a `CrowdReport`. */
process.once('message', (message) => {
  void work(message as CrowdJob).then((report) => process.send?.(report, () => process.disconnect()));
});

async function work({ url, bearer, callers }: CrowdJob): Promise<CrowdReport> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: callers, pipelining: 1, headersTimeout: PATIENCE, connect: { timeout: PATIENCE } });
  const headers = { authorization: `Bearer ${bearer}` };
  const answers = new Map<string, number>();
  const began = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      const answer = await pool.request({ path: pathname, method: 'GET', headers }).then(
        async ({ statusCode, body }) => `${statusCode} ${((await body.json()) as { readonly access_token?: string }).access_token ?? 'no token'}`,
        (error: unknown) => `failed: ${error instanceof Error ? error.message : String(error)}`,
      );
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    }),
  );
  const ms = performance.now() - began;
  await pool.close();
  return { ms, answers: [...answers] };
}
