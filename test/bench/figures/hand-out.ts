import { OAuth2Client } from 'google-auth-library';
import { systemClock } from '../../../src-main/adapters/clock.ts';
import { DAY, HOUR } from '../../../src-main/core/time.ts';
import type { Keeper } from '../../../src-main/keeper/api.ts';
import { connectShop, portsOn, startedKeeper, textStore } from '../keeper-on.ts';
import { createInstantMeta } from '../meta/instant-meta.ts';
import { makeToken } from '../meta/tokens.ts';
import type { Figure } from '../report/figure.ts';
import { inTurns, scaled, timed } from '../rounds.ts';

const CALLS = 300_000;
const ROUNDS = 21;

/** Handing out a fresh token in this process, one call after the other, both on the computer's own clock. */
export async function handOutFigure(): Promise<Figure> {
  const clock = systemClock();
  const keeper = await startedKeeper(portsOn(clock, createInstantMeta(() => clock.now()).port, textStore()));
  const id = await connectShop(keeper, clock, 1, 60 * DAY);
  const client = new OAuth2Client();
  client.setCredentials({ access_token: makeToken({ shop: 1, issuedAt: 1, expiresAt: 2 }), refresh_token: 'fake', expiry_date: Date.now() + HOUR });
  const { ours, rival } = await inTurns(ROUNDS, () => timed(() => askUs(keeper, id)), () => timed(() => askRival(client)));
  await keeper.stop();
  const toNs = 1e6 / CALLS;
  return {
    id: 'hand-out',
    name: 'handing out a fresh token',
    unit: 'ns',
    ours: scaled(ours, toNs),
    rival: { name: 'google-auth-library', spread: scaled(rival, toNs) },
    goal: { of: 'ratio', kind: 'below', limit: 1 },
    note: `${CALLS.toLocaleString('en-US')} calls a round, each awaited before the next.`,
  };
}

// A loop each, so that neither spoils the other's types for the compiler. What comes back is used, or the
// compiler might do without the call.
async function askUs(keeper: Keeper, id: string): Promise<void> {
  let length = 0;
  for (let call = 0; call < CALLS; call += 1) length += (await keeper.accessToken(id))?.token.length ?? Number.NaN;
  if (!(length > 0)) throw new Error('no token was handed out');
}

async function askRival(client: OAuth2Client): Promise<void> {
  let length = 0;
  for (let call = 0; call < CALLS; call += 1) length += (await client.getAccessToken()).token?.length ?? Number.NaN;
  if (!(length > 0)) throw new Error('the rival handed out no token');
}
