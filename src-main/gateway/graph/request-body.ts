import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { KeyGuard } from './key-guard.ts';
import type { MultipartWatch } from './multipart-watch.ts';

/**
 * The beginning of a body: all of it, or as much as may be held while the rest waits (`isFull`: because there was no room for more); or why
 * there is none.
 */
export type Collected = { readonly kind: 'whole'; readonly bytes: Buffer } | { readonly kind: 'head'; readonly bytes: Buffer; readonly isFull: boolean } | { readonly kind: 'slow' } | { readonly kind: 'gone' };

/** How a body is collected. */
export interface Collecting {
  /** About so many bytes, and what came before among them. */
  readonly limit: number;
  /** How long a caller may send nothing, ms. */
  readonly idleMs: number;
  /** How long it may take altogether, ms; null for as long as it goes on. */
  readonly wholeMs: number | null;
  /** Takes room for so many bytes more; false where there is none. */
  readonly take: (bytes: number) => boolean;
}

/** Reads on until `limit` bytes of a body are here, `before` among them, and then lets the rest wait. Room is taken as the bytes come, not as they are announced. */
export function collectBody(request: IncomingMessage, before: Buffer, { limit, idleMs, wholeMs, take }: Collecting): Promise<Collected> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = before.length === 0 ? [] : [before];
    let { length } = before;
    const timer = setTimeout(() => settle({ kind: 'slow' }), idleMs);
    const deadline = wholeMs === null ? null : setTimeout(() => settle({ kind: 'slow' }), wholeMs);
    const bytes = (): Buffer => (chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, length));
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      chunks.push(chunk);
      timer.refresh();
      const isFull = !take(chunk.length);
      if (length <= limit && !isFull) return;
      request.pause();
      settle({ kind: 'head', bytes: bytes(), isFull });
    };
    const onEnd = (): void => settle({ kind: 'whole', bytes: bytes() });
    const onClose = (): void => settle({ kind: 'gone' });
    const settle = (collected: Collected): void => {
      clearTimeout(timer);
      if (deadline !== null) clearTimeout(deadline);
      request.off('data', onData).off('end', onEnd).off('close', onClose).off('error', onClose);
      resolve(collected);
    };
    request.on('data', onData).on('end', onEnd).on('close', onClose).on('error', onClose);
    request.resume();
  });
}

/** Why a body that was being passed on came to no good end. */
export type BodyFault = 'slow' | 'gone' | 'key-elsewhere' | 'batch' | 'revoked';

/** An error with which a body ends before its time; undici hands it on as it is. */
export class BodyFaultError extends Error {
  readonly fault: BodyFault;

  constructor(fault: BodyFault) {
    super(`the body of the caller: ${fault}`);
    this.name = 'BodyFaultError';
    this.fault = fault;
  }
}

/** What a body is watched for while it is passed on. */
export interface BodyWatch {
  readonly key: string;
  /** Null where it has no parts. */
  readonly parts: MultipartWatch | null;
  /** Whether its sender may still send it: a key may be revoked while it is under way. */
  readonly mayGoOn: () => boolean;
  /** How long a caller may send nothing, ms. */
  readonly idleMs: number;
}

/**
 * What comes after a collected head, passed on as it comes and no faster than it is taken. Not the request itself: whoever gives this stream
 * up must not cut off the caller, who waits for an answer. What must not go on ends it, so that Meta never has the whole body.
 */
export class RequestBody extends Readable {
  readonly #request: IncomingMessage;
  readonly #watch: BodyWatch;
  readonly #guard: KeyGuard;
  readonly #timer: NodeJS.Timeout;
  #head: readonly Buffer[];

  constructor(request: IncomingMessage, head: readonly Buffer[], watch: BodyWatch) {
    super();
    this.#request = request;
    this.#head = head;
    this.#watch = watch;
    this.#guard = new KeyGuard(watch.key);
    this.#timer = setTimeout(() => this.#slow(), watch.idleMs);
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
    const { parts, mayGoOn } = this.#watch;
    if (!mayGoOn()) return this.#stop('revoked');
    if (parts?.refuses(chunk) === true) return this.#stop('batch');
    const clean = this.#guard.push(chunk);
    if (clean === null) return this.#stop('key-elsewhere');
    return clean.length === 0 || this.push(clean);
  }

  #stop(fault: BodyFault): false {
    this.destroy(new BodyFaultError(fault));
    return false;
  }

  #slow(): void {
    // A pause of ours, while Meta takes its time, is not the caller's fault.
    if (this.#request.isPaused()) this.#timer.refresh();
    else this.destroy(new BodyFaultError('slow'));
  }
}
