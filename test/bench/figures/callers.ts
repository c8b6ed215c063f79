import { OAuth2Client } from 'google-auth-library';
import { createMeta } from '../../../src-main/adapters/graph.ts';
import type { Meta } from '../../../src-main/core/ports.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/core/time.ts';
import type { Keeper } from '../../../src-main/keeper/api.ts';
import { connectShop, movedClock, type MovedClock, portsOn, startedKeeper, textStore } from '../keeper-on.ts';
import { type LoopbackMeta, startLoopbackMeta } from '../meta/start-loopback.ts';
import { makeToken } from '../meta/tokens.ts';
import type { Figure } from '../report/figure.ts';
import { median, type Spread, spreadOf } from '../report/spread.ts';
import { inTurns, timed } from '../rounds.ts';

const CALLERS = 10_000;
const ROUNDS = 15;
const DELAY = 5;

/** Many callers at a token that expires soon, and one caller for comparison; both sides over real loopback HTTP. */
export async function callerFigures(): Promise<readonly Figure[]> {
  const server = await startLoopbackMeta(DELAY);
  const us = await ourSide(server);
  const them = rivalSide(server);
  const crowd = await inTurns(ROUNDS, () => us.round(CALLERS), () => them.round(CALLERS));
  const exchanges = spreadOf(us.exchanges.splice(0));
  const refreshes = spreadOf(them.refreshes.splice(0));
  const provingMs = median(us.proving.splice(0));
  const others = median(us.others.splice(0));
  const alone = await inTurns(ROUNDS, () => us.round(1), () => them.round(1));
  await us.keeper.stop();
  await server.stop();
  const name = 'google-auth-library';
  return [
    { id: 'callers-exchanges', name: `exchanges for ${CALLERS.toLocaleString('en-US')} callers`, unit: 'calls', ours: exchanges, rival: { name, spread: refreshes }, goal: { of: 'ours', kind: 'exactly', limit: 1 }, note: `Beside the exchange ours asked Meta ${others} more times: to prove the new token before it is used.` },
    {
      id: 'callers',
      name: `${CALLERS.toLocaleString('en-US')} callers at an expired-soon token`,
      unit: 'ms',
      ours: crowd.ours,
      rival: { name, spread: crowd.rival },
      goal: { of: 'ratio', kind: 'at-most', limit: 1 },
      note: `Each answer of the server takes ${DELAY} ms. Of ours ${provingMs.toFixed(1)} ms are the proof, which the rival does not do: it believes what the exchange gave.`,
    },
    { id: 'callers-proof-apart', name: '… without the proof', unit: 'ms', ours: less(crowd.ours, provingMs), rival: { name, spread: crowd.rival }, goal: null, note: null },
    { id: 'callers-alone', name: 'one caller at an expired-soon token', unit: 'ms', ours: alone.ours, rival: { name, spread: alone.rival }, goal: null, note: 'The price of one renewal itself.' },
    {
      id: 'callers-each',
      name: '… what each further caller adds',
      unit: 'µs',
      ours: each(crowd.ours, alone.ours),
      rival: { name, spread: each(crowd.rival, alone.rival) },
      goal: { of: 'ratio', kind: 'at-most', limit: 1 },
      note: 'The difference of the two medians above, over the callers.',
    },
  ];
}

function less({ median: middle, min, max, rounds }: Spread, ms: number): Spread {
  return { median: middle - ms, min: min - ms, max: max - ms, rounds };
}

function each(crowd: Spread, alone: Spread): Spread {
  return spreadOf([((crowd.median - alone.median) * 1_000) / (CALLERS - 1)]);
}

interface Side {
  /** One round: brings the token close to its end, then lets the callers come. ms of the callers alone. */
  readonly round: (callers: number) => Promise<number>;
}

async function ourSide(server: LoopbackMeta): Promise<Side & { readonly keeper: Keeper; readonly exchanges: number[]; readonly others: number[]; readonly proving: number[] }> {
  const clock = movedClock();
  const stopwatch = proofTimed(createMeta({ graphUrl: server.url, clock }));
  const keeper = await startedKeeper(portsOn(clock, stopwatch.meta, textStore()));
  const id = await connectShop(keeper, clock, 1, 60 * DAY);
  const exchanges: number[] = [];
  const others: number[] = [];
  const proving: number[] = [];
  const round = async (callers: number): Promise<number> => {
    await comeClose(keeper, clock, server, id);
    await server.set(clock.ahead);
    stopwatch.reset();
    const ms = await timed(async () => {
      const handed = await Promise.all(Array.from({ length: callers }, () => keeper.accessToken(id)));
      const fresh = clock.now() + 59 * DAY;
      if (!handed.every((token) => token !== null && (token.expiresAt ?? 0) > fresh)) throw new Error('somebody got the old token');
    });
    const calls = await server.set(clock.ahead);
    exchanges.push(calls['oauth'] ?? 0);
    others.push((calls['debug_token'] ?? 0) + (calls['access'] ?? 0));
    proving.push(stopwatch.provingMs());
    return ms;
  };
  return { keeper, round, exchanges, others, proving };
}

/** Lets the replaced token die and be dropped, then time pass until the one in use has 20 minutes left. */
async function comeClose(keeper: Keeper, clock: MovedClock, server: LoopbackMeta, id: string): Promise<void> {
  clock.ahead += HOUR;
  await server.set(clock.ahead);
  await keeper.tick();
  const handed = await keeper.accessToken(id);
  clock.ahead += (handed?.expiresAt ?? 0) - clock.now() - 20 * MINUTE;
}

/** Meta, with a note of when the last exchange was answered and when the last call after it was: between them lies the proof. */
function proofTimed(meta: Meta): { readonly meta: Meta; readonly reset: () => void; readonly provingMs: () => number } {
  let exchanged = 0;
  let proved = 0;
  const after = async <T>(answer: Promise<T>, note: (at: number) => void): Promise<T> => {
    const settled = await answer;
    note(performance.now());
    return settled;
  };
  const proof = (at: number): void => {
    proved = at;
  };
  return {
    meta: {
      exchangeToken: (...call) => after(meta.exchangeToken(...call), (at) => (exchanged = at)),
      debugToken: (...call) => after(meta.debugToken(...call), proof),
      readNumber: (...call) => after(meta.readNumber(...call), proof),
      listNumbers: (...call) => after(meta.listNumbers(...call), proof),
      readApp: (...call) => after(meta.readApp(...call), proof),
    },
    reset: () => {
      exchanged = 0;
      proved = 0;
    },
    provingMs: () => Math.max(0, proved - exchanged),
  };
}

function rivalSide(server: LoopbackMeta): Side & { readonly refreshes: number[] } {
  const client = new OAuth2Client({ clientId: 'bench', clientSecret: 'fake', endpoints: { oauth2TokenUrl: `${server.url}/rival/token` } });
  const refreshes: number[] = [];
  const round = async (callers: number): Promise<number> => {
    await server.set(0);
    const old = makeToken({ shop: 1, issuedAt: 1, expiresAt: 2 });
    // Within its five minutes of eagerness, as ours is within its thirty.
    client.setCredentials({ access_token: old, refresh_token: 'fake', expiry_date: Date.now() + MINUTE });
    const ms = await timed(async () => {
      const handed = await Promise.all(Array.from({ length: callers }, () => client.getAccessToken()));
      if (!handed.every(({ token }) => typeof token === 'string' && token !== old)) throw new Error('the rival gave somebody the old token');
    });
    refreshes.push((await server.set(0))['rival'] ?? 0);
    return ms;
  };
  return { round, refreshes };
}
