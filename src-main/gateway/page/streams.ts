import type { ServerResponse } from 'node:http';
import type { WindowEvents } from '../../contract/window-api.ts';
import type { EventName } from '../../contract/window-channels.ts';
import { MINUTE, SECOND } from '../../core/time.ts';
import type { Session } from './sessions.ts';

/** Changes closer together than this, ms, are told together. */
const COALESCE_MS = 200;
/** How often a stream shows that it is alive, ms. */
const HEARTBEAT_MS = 15 * SECOND;
/** How long after its last page has gone a session counts as left, ms: a page that is loaded again is back at once. */
const LEFT_AFTER = MINUTE;
/** A page more than that is refused. */
const MOST_STREAMS = 64;

type Payload = () => WindowEvents[EventName];

interface Stream {
  readonly response: ServerResponse;
  readonly session: Session;
  /** What is to be told and was not yet: of each event only the newest, made when it is written. */
  readonly pending: Map<EventName, Payload>;
  /** Its reader has not taken what was written before. */
  blocked: boolean;
}

/** The streams on which open pages hear of changes. */
export interface Streams {
  readonly full: () => boolean;
  /** Answers with a stream that begins with `payload`; resolves when it has ended. */
  open(response: ServerResponse, session: Session, event: EventName, payload: Payload): Promise<void>;
  /** Tells every page soon, in one line for however many tellings. */
  tell<Name extends EventName>(event: Name, payload: () => WindowEvents[Name]): void;
  /** Ends them all, and tells nothing more. */
  close(): void;
}

/** Lines of JSON, one for each telling, and an empty one for each heartbeat. A slow reader gets the newest view when it is ready again: nothing queues up. */
export function createStreams(headers: Readonly<Record<string, string>>): Streams {
  const streams = new Set<Stream>();
  const leaving = new Map<Session, NodeJS.Timeout>();
  let coalescing: NodeJS.Timeout | null = null;
  let heartbeat: NodeJS.Timeout | null = null;
  let closed = false;

  const write = (stream: Stream, text: string): void => {
    if (!stream.session.isOpen()) return void stream.response.end();
    stream.blocked = !stream.response.write(text);
  };
  const flush = (stream: Stream, lineOf: (event: EventName, payload: Payload) => string): void => {
    for (const [event, payload] of stream.pending) {
      if (stream.blocked || stream.response.writableEnded) return;
      stream.pending.delete(event);
      write(stream, lineOf(event, payload));
    }
  };
  const beat = (): void => {
    for (const stream of streams) if (!stream.blocked) write(stream, '\n');
  };
  const sessionIsHere = (session: Session): void => {
    clearTimeout(leaving.get(session));
    leaving.delete(session);
  };
  const gone = (stream: Stream): void => {
    streams.delete(stream);
    const { session } = stream;
    if (streams.size === 0 && heartbeat !== null) {
      clearInterval(heartbeat);
      heartbeat = null;
    }
    if (closed || [...streams].some((other) => other.session === session)) return;
    const left = setTimeout(() => {
      leaving.delete(session);
      session.window.left();
    }, LEFT_AFTER);
    left.unref();
    leaving.set(session, left);
  };

  return {
    full: () => streams.size >= MOST_STREAMS,
    open: (response, session, event, payload) =>
      new Promise((resolve) => {
        const stream: Stream = { response, session, pending: new Map([[event, payload]]), blocked: false };
        response.once('close', () => {
          gone(stream);
          resolve();
        });
        response.on('drain', () => {
          stream.blocked = false;
          flush(stream, lineOf);
        });
        response.writeHead(200, { ...headers, 'Content-Type': 'application/x-ndjson; charset=utf-8', 'Cache-Control': 'no-store' });
        streams.add(stream);
        sessionIsHere(session);
        heartbeat ??= setInterval(beat, HEARTBEAT_MS).unref();
        flush(stream, lineOf);
      }),
    tell: (event, payload) => {
      if (closed) return;
      for (const stream of streams) stream.pending.set(event, payload);
      if (streams.size === 0 || coalescing !== null) return;
      coalescing = setTimeout(() => {
        coalescing = null;
        const known = new Map<Payload, string>();
        for (const stream of streams) {
          flush(stream, (name, made) => {
            const line = known.get(made) ?? lineOf(name, made);
            known.set(made, line);
            return line;
          });
        }
      }, COALESCE_MS);
    },
    close: () => {
      closed = true;
      if (coalescing !== null) clearTimeout(coalescing);
      for (const timer of leaving.values()) clearTimeout(timer);
      leaving.clear();
      for (const { response } of streams) response.end();
    },
  };
}

function lineOf(event: EventName, payload: Payload): string {
  return `${JSON.stringify({ event, payload: payload() })}\n`;
}
