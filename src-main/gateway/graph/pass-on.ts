import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import type { Consumer } from '../../core/consumers/consumer.ts';
import type { HandedToken, Keeper } from '../../keeper/api.ts';
import type { Consumers } from '../consumers.ts';
import type { Door } from '../section.ts';
import { Attempt } from './attempt.ts';
import type { AttemptResult } from './attempt.ts';
import { readAuthFault } from './auth-error.ts';
import { cutText } from './cutting.ts';
import { answerFailure, failureRefusal } from './failures.ts';
import type { FailureCode } from './failures.ts';
import type { KnownSecrets } from './known-secrets.ts';
import type { GraphLimits } from './limits.ts';
import { lookThrough } from './look-through.ts';
import type { Watch } from './look-through.ts';
import type { OutgoingBody } from './outgoing.ts';
import { headersForMeta } from './request-headers.ts';

/** A call that was admitted, ready to be sent to Meta. */
export interface Call {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly door: Door;
  /** Null for the owner's own key. */
  readonly consumer: Consumer | null;
  /** Id. */
  readonly connection: string;
  /** The caller's key; null where a ticket stands for it. */
  readonly key: string | null;
  readonly dispatcher: Dispatcher;
  readonly origin: string;
  /** Whether the body is still here for a second try. */
  readonly repeatable: boolean;
  /** False for files, whose content is nobody's affair. */
  readonly looksAtSuccess: boolean;
  /** Path and query as they go to Meta with this token. */
  path(token: HandedToken): string;
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
export async function passOn(call: Call, { keeper, consumers, secrets: known, limits }: PassOnContext): Promise<void> {
  const { request, response, consumer, connection } = call;
  let attempt: Attempt | null = null;
  let gone = response.destroyed;
  response.on('close', () => {
    gone = true;
    attempt?.abandon();
  });

  const first = await keeper.accessToken(connection);
  if (consumer !== null) consumers.called(consumer, connection, first?.fingerprint ?? null);
  const failed = (): void => {
    if (consumer !== null) consumers.failed(consumer);
  };
  if (first === null) {
    failed();
    return refuse(call, 'no-token');
  }
  let token = first;
  for (let tries = 1; ; tries += 1) {
    // Whoever has gone before anything was sent need not have it sent.
    if (gone) return failed();
    const secrets = known.of(connection, token);
    attempt = new Attempt({ response, method: request.method ?? 'GET', secrets, heldAnswer: limits.heldAnswer, looksAtSuccess: call.looksAtSuccess });
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
      handOn(call, result, secrets);
    }
    if (result.kind === 'failed') refuse(call, result.failure);
    const wentWell = (result.kind === 'held' || result.kind === 'handed-on') && result.status < 400;
    if (!wentWell) failed();
    else if (result.status < 300) keeper.tokenAccepted(connection, token.fingerprint);
    return;
  }
}

function send(call: Call, token: HandedToken, attempt: Attempt): void {
  const { request, key, dispatcher, origin } = call;
  const { content, length } = call.body(token);
  dispatcher.dispatch(
    { origin, path: call.path(token), method: methodOf(request), headers: headersForMeta(request.rawHeaders, token.token, key, length), body: content },
    attempt,
  );
}

/** Any method that Node's parser knows. */
function methodOf({ method }: IncomingMessage): Dispatcher.HttpMethod {
  return method ?? 'GET';
}

/** Up to this, characters, a body goes out as the text that it is here already, which Node puts behind the head; larger ones would be copied once more than they need. */
const SMALL = 16 * 1024;

function handOn(call: Call, { status, headers, body }: Extract<AttemptResult, { readonly kind: 'held' }>, secrets: readonly string[]): void {
  const text = body.toString('latin1');
  const clean = lookThrough(text, status, call.watch(secrets));
  headers.passed.push('Content-Length', String(clean.length));
  call.response.writeHead(status, headers.passed);
  if (clean.length <= SMALL) call.response.end(clean, 'latin1');
  else call.response.end(clean === text ? body : Buffer.from(clean, 'latin1'));
}

function refuse({ response, request, door }: Call, failure: FailureCode): void {
  const refused = failureRefusal(failure);
  door.refused(refused, request.method ?? null);
  answerFailure(response, refused);
}
