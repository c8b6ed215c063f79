import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { GraphCall } from './call.ts';
import { readCall } from './call.ts';
import type { PracticeClock } from './clock.ts';
import { createPracticeClock } from './clock.ts';
import type { Fault, Faults } from './faults.ts';
import { createFaults, wordingOf } from './faults.ts';
import type { Journal } from './journal.ts';
import { createJournal } from './journal.ts';
import { entryOf } from './journal-entry.ts';
import { refusal } from './refusals.ts';
import { answerCall } from './routes/table.ts';
import type { Scene } from './scene.ts';
import { seededStream } from './seeded.ts';
import { hasEffect, spoilingOf, standIn } from './spoiling.ts';
import { lookAt } from './subjects.ts';
import { render, send } from './wire.ts';
import { PracticeWorld } from './world.ts';

/** How to start a simulated Meta. */
export interface PracticeMetaOptions {
  /** The base of the practice clock, ms since 1970. Default: this computer's clock. */
  readonly now?: () => number;
  /** The same seed and the same calls give the same tokens and ids. Default 1. */
  readonly seed?: number;
  /** TCP port on 127.0.0.1. Default: any free one. */
  readonly port?: number;
}

/** A simulated Graph API over real HTTP on the loopback interface. It knows no real token, app or person. */
export interface PracticeMeta {
  /** `http://127.0.0.1:PORT`, without a version. */
  readonly url: string;
  readonly clock: PracticeClock;
  readonly world: PracticeWorld;
  readonly faults: Faults;
  readonly journal: Journal;
  /** Closes every connection, also hanging ones. */
  stop(): Promise<void>;
}

/** Starts a simulated Meta with an empty world. Rejects if the port is taken. */
export async function startPracticeMeta({ now = Date.now, seed = 1, port = 0 }: PracticeMetaOptions = {}): Promise<PracticeMeta> {
  const clock = createPracticeClock(now);
  const world = new PracticeWorld(clock, seed);
  const faults = createFaults();
  const journal = createJournal();
  // Streams of their own, so that a trace id more or less does not change the tokens.
  const ids = seededStream(seed + 1);
  const traces = seededStream(seed + 2);
  const stopping = new AbortController();
  let url = '';

  const play = (call: GraphCall, struck: readonly Fault[], request: IncomingMessage, response: ServerResponse): void => {
    const scene: Scene = { call, world, now: clock.now(), faults: struck, wording: wordingOf(struck), ids, url };
    const spoiling = spoilingOf(struck);
    const real = hasEffect(spoiling) ? answerCall(scene) : null;
    const answer = (spoiling === undefined ? null : standIn(spoiling, scene, request.url ?? '/')) ?? real;
    const { subjectValue } = lookAt(call, world);
    const rendered = answer === null ? null : render(answer, scene.wording, subjectValue ?? call.accessToken, `A${traces.text(22)}`);
    const silent = spoiling?.kind === 'drop' || spoiling?.kind === 'hang' ? spoiling : null;
    // Written down before anything goes out: whoever has the answer finds the entry.
    journal.add(entryOf(scene, real?.kind === 'json' ? (real.effect ?? null) : null, silent, rendered));
    if (silent?.kind === 'hang') return;
    if (rendered === null || silent !== null) request.socket.destroy();
    else send(response, rendered, clock.now(), spoiling?.kind === 'truncate' ? spoiling.how : null);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const call = await readCall(request, (id) => world.directory.kindOf(id));
    if (call === null) {
      const tooLarge = refusal(131053, { now: clock.now(), sessionText: 'pacific', method: 'POST' });
      send(response, render({ kind: 'error', error: { ...tooLarge, status: 413 } }, {}, null, `A${traces.text(22)}`), clock.now());
      return;
    }
    const { token, subject } = lookAt(call, world);
    const struck = faults.strike({ endpoint: call.endpoint, method: call.method, path: call.path, token, subject });
    const latency = struck.reduce((sum, fault) => sum + (fault.kind === 'latency' ? fault.ms : 0), 0);
    if (latency > 0) await wait(latency, undefined, { signal: stopping.signal });
    play(call, struck, request, response);
  };

  const server = createServer((request, response) => {
    // A caller who goes away, and a world set up wrongly, end the connection and not the process.
    serve(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`;

  const stop = (): Promise<void> => {
    stopping.abort();
    return new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  };
  return { url, clock, world, faults, journal, stop };
}
