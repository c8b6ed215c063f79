import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { StreamCutter } from './cutting.ts';

/** The beginning of a body: all of it, or as much as may be held while the rest waits; or why there is none. */
export type Collected = { readonly kind: 'whole' | 'head'; readonly bytes: Buffer } | { readonly kind: 'slow' } | { readonly kind: 'gone' };

/**
 * Reads on until about `limit` bytes of a body are here, `before` among them, and then lets the rest wait. `idleMs`: how long a caller may
 * send nothing.
 */
export function collectBody(request: IncomingMessage, before: Buffer, limit: number, idleMs: number): Promise<Collected> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = before.length === 0 ? [] : [before];
    let { length } = before;
    const timer = setTimeout(() => settle({ kind: 'slow' }), idleMs);
    const bytes = (): Buffer => (chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length));
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      chunks.push(chunk);
      timer.refresh();
      if (length > limit) {
        request.pause();
        settle({ kind: 'head', bytes: bytes() });
      }
    };
    const onEnd = (): void => settle({ kind: 'whole', bytes: bytes() });
    const onClose = (): void => settle({ kind: 'gone' });
    const settle = (collected: Collected): void => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      resolve(collected);
    };
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
    request.resume();
  });
}

/** Why a body that was being passed on came to no good end. */
export type BodyFault = 'slow' | 'gone' | 'key-elsewhere';

/** An error with which a body ends before its time; undici hands it on as it is. */
export class BodyFaultError extends Error {
  readonly fault: BodyFault;

  constructor(fault: BodyFault) {
    super(`the body of the caller: ${fault}`);
    this.name = 'BodyFaultError';
    this.fault = fault;
  }
}

/**
 * What comes after a collected head, passed on as it comes and no faster than it is taken. Not the request itself: whoever gives this stream
 * up must not cut off the caller, who waits for an answer. A key that turns up in it ends it, so that Meta never has the whole body.
 */
export class RequestBody extends Readable {
  readonly #request: IncomingMessage;
  readonly #guard: StreamCutter;
  readonly #timer: NodeJS.Timeout;
  #head: readonly Buffer[];

  constructor(request: IncomingMessage, head: readonly Buffer[], key: string, idleMs: number) {
    super();
    this.#request = request;
    this.#head = head;
    this.#guard = new StreamCutter([key]);
    this.#timer = setTimeout(() => this.#slow(), idleMs);
    request.on('data', this.#onData).on('end', this.#onEnd).on('close', this.#onClose);
  }

  override _read(): void {
    const head = this.#head;
    this.#head = [];
    for (const chunk of head) this.#pass(chunk);
    // Until something of it comes, the wait is the caller's.
    this.#timer.refresh();
    this.#request.resume();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearTimeout(this.#timer);
    this.#request.off('data', this.#onData).off('end', this.#onEnd).off('close', this.#onClose);
    done(error);
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#timer.refresh();
    if (!this.#pass(chunk)) this.#request.pause();
  };

  readonly #onEnd = (): void => {
    clearTimeout(this.#timer);
    const rest = this.#guard.end();
    if (rest.length > 0) this.push(rest);
    this.push(null);
  };

  readonly #onClose = (): void => {
    if (!this.#request.readableEnded) this.destroy(new BodyFaultError('gone'));
  };

  /** Whether more may come. */
  #pass(chunk: Buffer): boolean {
    const clean = this.#guard.push(chunk);
    if (this.#guard.found) {
      this.destroy(new BodyFaultError('key-elsewhere'));
      return false;
    }
    return clean.length === 0 || this.push(clean);
  }

  #slow(): void {
    // A pause of ours, while Meta takes its time, is not the caller's fault.
    if (this.#request.isPaused()) this.#timer.refresh();
    else this.destroy(new BodyFaultError('slow'));
  }
}
