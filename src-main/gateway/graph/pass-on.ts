import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Consumer } from '../../core/consumers/consumer.ts';
import type { HandedToken, Keeper } from '../../keeper/api.ts';
import type { Consumers } from '../consumers.ts';
import { refusal } from '../refusal.ts';
import type { Refusal } from '../refusal.ts';
import type { Door } from '../section.ts';
import { Attempt } from './attempt.ts';
import type { AttemptResult } from './attempt.ts';
import { readAuthFault } from './auth-error.ts';
import { cutText } from './cutting.ts';
import { answerFailure, failureRefusal } from './failures.ts';
import type { Room } from './held.ts';
import type { KnownSecrets } from './known-secrets.ts';
import type { GraphLimits } from './limits.ts';
import { lookThrough } from './look-through.ts';
import type { Watch } from './look-through.ts';
import type { OutgoingBody } from './outgoing.ts';
import type { Way } from './upstream.ts';

/** A call that was admitted, ready to be sent to Meta. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly door: Door;
  /** Null for the owner's own key. */
  readonly consumer: Consumer | null;
  /** Id. */
  readonly connection: string;
  /** What is held of body and answer. */
  readonly room: Room;
  readonly way: Way;
  readonly origin: string;
  /** Whether the body is still here for a second try. */
  readonly repeatable: boolean;
  /** True for files, whose content is nobody's affair unless it is text. */
  readonly isFile: boolean;
  /** Whether a success shows that the token works. */
  readonly provesToken: boolean;
  /** Whether the caller may still call: its key may have been revoked since. */
  mayGoOn(): boolean;
  /** Path and query as they go to Meta with this token. */
  path(token: HandedToken): string;
  /** The headers as they go to Meta with this token; `length`: that of the body, where it is known and the body is a stream. */
  headers(token: HandedToken, length: number | null): string[];
  /** The body as it goes to Meta with this token; a stream only once. */
  body(token: HandedToken): OutgoingBody;
  /** What answers are looked through for, given the values that must not go out. */
  watch(secrets: readonly string[]): Watch;
}

/** What passing on takes. */
export interface PassOnContext {
  readonly keeper: Pick<Keeper, 'accessToken' | 'currentToken' | 'tokenRefused' | 'tokenAccepted'>;
  readonly consumers: Pick<Consumers, 'called' | 'failed'>;
  readonly secrets: KnownSecrets;
  readonly limits: GraphLimits;
}

/**
 * Sends a call to Meta and hands the answer on. A second try is made only after Meta refused the token, which is a definite rejection, and only
 * where a newer one is there; never after a timeout, a broken connection or a 5xx, since a message may have gone out.
 */
export async function passOn(call: Call, context: PassOnContext): Promise<void> {
  const { response, consumer, connection, way } = call;
  const { keeper, consumers } = context;
  const under: UnderWay = { attempt: null, gone: response.destroyed };
  response.on('close', () => {
    under.gone = true;
    under.attempt?.abandon();
  });

  const token = await keeper.accessToken(connection);
  if (consumer !== null) consumers.called(consumer, connection, token?.fingerprint ?? null);
  let wentWell = false;
  const who = consumer?.id ?? '';
  const place = token === null || way.gate.enter(who);
  if (token === null) refuse(call, failureRefusal('no-token'));
  else if (place !== true && !(await place)) refuse(call, failureRefusal('too-busy'));
  else {
    try {
      wentWell = await tryAndTryAgain(call, context, under, token);
    } finally {
      way.gate.leave(who);
    }
  }
  if (!wentWell && consumer !== null) consumers.failed(consumer);
}

/** What changes in the course of a call. */
interface UnderWay {
  attempt: Attempt | null;
  /** Whether the caller has gone away. */
  gone: boolean;
}

/** Whether the call went well. */
async function tryAndTryAgain(call: Call, { keeper, secrets: known, limits }: PassOnContext, under: UnderWay, first: HandedToken): Promise<boolean> {
  const { request, response, connection, isFile, room } = call;
  let token = first;
  for (let tries = 1; ; tries += 1) {
    // Whoever has gone before anything was sent need not have it sent.
    if (under.gone) return false;
    if (!call.mayGoOn()) return refuse(call, refusal('key-wrong'));
    const secrets = known.of(connection, token);
    const attempt = new Attempt({ response, method: request.method ?? 'GET', secrets, heldAnswer: limits.heldAnswer, room, takeMs: limits.takeMs, isFile });
    under.attempt = attempt;
    send(call, token, attempt);
    const result = await attempt.result;
    if (result.kind === 'held') {
      const fault = readAuthFault(result.status, result.body);
      if (fault !== null) {
        const newest = keeper.currentToken(connection);
        if (tries === 1 && call.repeatable && newest !== null && newest.fingerprint !== token.fingerprint) {
          token = newest;
          continue;
        }
        keeper.tokenRefused(connection, token.fingerprint, { code: fault.code, message: cutText(fault.message, secrets, true) });
      }
      handOn(call, result, secrets, limits.takeMs);
    }
    if (result.kind === 'failed') return refuse(call, failureRefusal(result.failure));
    if (result.kind === 'revoked') return refuse(call, refusal('key-wrong'));
    if ((result.kind !== 'held' && result.kind !== 'handed-on') || result.status >= 400) return false;
    if (result.status < 300 && call.provesToken) keeper.tokenAccepted(connection, token.fingerprint);
    return true;
  }
}

function send(call: Call, token: HandedToken, attempt: Attempt): void {
  const { content, length } = call.body(token);
  call.way.dispatcher.dispatch({ origin: call.origin, path: call.path(token), method: methodOf(call.request), headers: call.headers(token, length), body: content }, attempt);
}

/** Any method that Node's parser knows. */
function methodOf({ method }: IncomingMessage): Dispatcher.HttpMethod {
  return method ?? 'GET';
}

/** Up to this, characters, a body goes out as the text that it is here already, which Node puts behind the head; larger ones would be copied once more than they need. */
const SMALL = 16 * 1024;

function handOn(call: Call, { status, headers, body }: Extract<AttemptResult, { readonly kind: 'held' }>, secrets: readonly string[], takeMs: number): void {
  const { response } = call;
  const text = body.toString('latin1');
  const clean = lookThrough(text, status, call.watch(secrets));
  headers.passed.push('Content-Length', String(clean.length));
  response.writeHead(status, headers.passed);
  if (clean.length <= SMALL) return void response.end(clean, 'latin1');
  // Whoever never takes it would hold it for ever.
  response.setTimeout(takeMs, () => response.destroy());
  response.end(clean === text ? body : Buffer.from(clean, 'latin1'));
}

/** False, since that is no success. */
function refuse({ response, request, door }: Call, refused: Refusal): false {
  door.refused(refused, request.method ?? null);
  answerFailure(response, refused);
  return false;
}
