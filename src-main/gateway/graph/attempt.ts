import type { ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import { isPicture, isText, readAnswerHeaders } from './answer-headers.ts';
import type { AnswerHeaders } from './answer-headers.ts';
import type { FailureCode } from './failures.ts';
import type { Room } from './held.ts';
import type { BodyFault } from './request-body.ts';
import { BodyFaultError } from './request-body.ts';
import { StreamCutter } from './stream-cutter.ts';

/** How one try at Meta ended. */
export type AttemptResult =
  /** A whole answer of text, which nobody has seen yet. */
  | { readonly kind: 'held'; readonly status: number; readonly headers: AnswerHeaders; readonly body: Buffer }
  /** The answer has gone to the caller as it came. */
  | { readonly kind: 'handed-on'; readonly status: number }
  /** Nothing of an answer has gone to the caller. */
  | { readonly kind: 'failed'; readonly failure: FailureCode }
  /** The answer broke off while it was handed on, so the caller's connection was cut. */
  | { readonly kind: 'broken'; readonly status: number }
  /** The caller's key was revoked before Meta had the whole of it. */
  | { readonly kind: 'revoked' }
  /** The caller went away. */
  | { readonly kind: 'gone' };

/** What an attempt needs to know of its call. */
export interface AttemptContext {
  readonly response: ServerResponse;
  readonly method: string;
  readonly secrets: readonly string[];
  /** Longest text answer that is held, bytes. */
  readonly heldAnswer: number;
  /** What is held of it. */
  readonly room: Room;
  /** A caller that takes nothing for so long is cut off, ms. */
  readonly takeMs: number;
  /** True for files, whose content is the caller's affair: then only errors and text are looked through. */
  readonly isFile: boolean;
}

/** So much of every answer is held without asking for room, bytes. */
const SMALL = 16 * 1024;
const FAULTS: Readonly<Record<Exclude<BodyFault, 'gone' | 'revoked'>, FailureCode>> = { slow: 'body-too-slow', 'key-elsewhere': 'key-elsewhere', batch: 'no-batches' };

const GONE = new Error('the caller went away');
const NO_BODY: ReadonlySet<number> = new Set([204, 205, 304]);

/** One request to Meta and what comes of it. Never repeats anything: that is for whoever reads `result`. */
export class Attempt implements Dispatcher.DispatchHandler {
  readonly result: Promise<AttemptResult>;
  readonly #context: AttemptContext;
  #settle: (result: AttemptResult) => void = () => undefined;
  #controller: Dispatcher.DispatchController | null = null;
  #status = 0;
  #headers: AnswerHeaders | null = null;
  #mode: 'waiting' | 'holding' | 'streaming' | 'over' = 'waiting';
  #held: Buffer[] = [];
  #heldBytes = 0;
  #booked = SMALL;
  #cutter: StreamCutter | null = null;
  #stalled: NodeJS.Timeout | null = null;
  #gone = false;

  constructor(context: AttemptContext) {
    this.#context = context;
    this.result = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** The caller went away: nobody waits for the answer. */
  abandon(): void {
    this.#gone = true;
    this.#end({ kind: 'gone' });
    this.#controller?.abort(GONE);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // From here on the request may have left.
    this.#controller = controller;
    if (this.#gone) controller.abort(GONE);
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
    // Informational answers are for whoever asked for them, and nobody did.
    if (status < 200 || this.#mode === 'over') return;
    const { secrets, heldAnswer, method, isFile } = this.#context;
    const headers = readAnswerHeaders(rawHeaders(controller), secrets);
    this.#status = status;
    this.#headers = headers;
    if (status >= 300 && status < 400 && status !== 304) return this.#giveUp('meta-redirected');
    const mayHoldSecrets = status >= 400 || (isFile ? isText(headers.contentType) : !isPicture(headers.contentType));
    if (!mayHoldSecrets || method === 'HEAD' || NO_BODY.has(status)) return this.#stream();
    if (headers.encoded) return this.#giveUp('meta-unreadable');
    if (Number(headers.contentLength ?? 0) <= heldAnswer) this.#mode = 'holding';
    else this.#streamCut();
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#mode === 'streaming') return this.#write(this.#cutter === null ? chunk : this.#cutter.push(chunk));
    if (this.#mode !== 'holding') return;
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    if (this.#heldBytes <= this.#context.heldAnswer && this.#book()) return;
    const held = this.#held;
    this.#held = [];
    this.#streamCut();
    for (const one of held) this.#write(this.#cutter?.push(one) ?? one);
  }

  /** Whether there is room for what is held. */
  #book(): boolean {
    const more = this.#heldBytes - this.#booked;
    if (more <= 0) return true;
    if (!this.#context.room.take(more)) return false;
    this.#booked += more;
    return true;
  }

  onResponseEnd(): void {
    if (this.#mode === 'streaming') {
      const { response } = this.#context;
      const rest = this.#cutter?.end();
      if (rest === undefined || rest.length === 0) response.end();
      else response.end(rest);
      this.#end({ kind: 'handed-on', status: this.#status });
    } else if (this.#mode === 'holding' && this.#headers !== null) {
      const [only] = this.#held;
      this.#end({ kind: 'held', status: this.#status, headers: this.#headers, body: this.#held.length === 1 && only !== undefined ? only : Buffer.concat(this.#held, this.#heldBytes) });
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController | undefined, error: Error): void {
    if (this.#mode === 'streaming') {
      // An answer cut off must look like one.
      this.#context.response.destroy();
      this.#end({ kind: 'broken', status: this.#status });
    } else if (error instanceof BodyFaultError) {
      this.#end(error.fault === 'gone' || error.fault === 'revoked' ? { kind: error.fault } : { kind: 'failed', failure: FAULTS[error.fault] });
    } else {
      this.#end({ kind: 'failed', failure: this.#whyFailed(error) });
    }
  }

  /** Only where nothing was begun is it certain that nothing arrived. */
  #whyFailed(error: Error): FailureCode {
    if (this.#controller === null) return 'meta-unreachable';
    return 'code' in error && (error.code === 'UND_ERR_HEADERS_TIMEOUT' || error.code === 'UND_ERR_BODY_TIMEOUT' || error.code === 'ETIMEDOUT') ? 'meta-timed-out' : 'meta-dropped';
  }

  #giveUp(failure: FailureCode): void {
    this.#end({ kind: 'failed', failure });
    this.#controller?.abort(new Error(failure));
  }

  #streamCut(): void {
    this.#cutter = new StreamCutter(this.#context.secrets, this.#status >= 400);
    // Its length is known only when it has been cut.
    this.#stream(false);
  }

  #stream(keepsLength = true): void {
    const headers = this.#headers;
    if (headers === null) return;
    const { response } = this.#context;
    this.#mode = 'streaming';
    if (keepsLength && headers.contentLength !== null) headers.passed.push('Content-Length', headers.contentLength);
    response.on('drain', () => {
      if (this.#stalled !== null) clearTimeout(this.#stalled);
      this.#stalled = null;
      this.#controller?.resume();
    });
    response.writeHead(this.#status, headers.passed);
  }

  #write(chunk: Buffer): void {
    const { response, takeMs } = this.#context;
    if (chunk.length === 0 || response.write(chunk)) return;
    this.#controller?.pause();
    // Whoever never reads on would keep a connection to Meta for ever.
    this.#stalled ??= setTimeout(() => response.destroy(), takeMs);
  }

  #end(result: AttemptResult): void {
    this.#mode = 'over';
    this.#held = [];
    if (this.#stalled !== null) clearTimeout(this.#stalled);
    this.#settle(result);
  }
}

function rawHeaders({ rawHeaders: raw }: Dispatcher.DispatchController): readonly (Buffer | string)[] {
  return Array.isArray(raw) ? raw : [];
}
