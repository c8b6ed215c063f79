import type { ServerResponse } from 'node:http';
import type { Dispatcher } from 'undici';
import { isText, readAnswerHeaders } from './answer-headers.ts';
import type { AnswerHeaders } from './answer-headers.ts';
import { StreamCutter } from './cutting.ts';
import type { FailureCode } from './failures.ts';
import { BodyFaultError } from './request-body.ts';

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
  /** The caller went away. */
  | { readonly kind: 'gone' };

/** What an attempt needs to know of its call. */
export interface AttemptContext {
  readonly response: ServerResponse;
  readonly method: string;
  readonly secrets: readonly string[];
  /** Longest text answer that is held, bytes. */
  readonly heldAnswer: number;
  /** False for files, whose content is the caller's affair: then only errors are looked through. */
  readonly looksAtSuccess: boolean;
}

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
  #cutter: StreamCutter | null = null;
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
    const { secrets, heldAnswer, method, looksAtSuccess } = this.#context;
    const headers = readAnswerHeaders(rawHeaders(controller), secrets);
    this.#status = status;
    this.#headers = headers;
    if (status >= 300 && status < 400 && status !== 304) return this.#giveUp('meta-redirected');
    const looks = (looksAtSuccess || status >= 400) && isText(headers.contentType) && method !== 'HEAD' && !NO_BODY.has(status);
    if (!looks) return this.#stream();
    if (headers.encoded) return this.#giveUp('meta-unreadable');
    if (Number(headers.contentLength ?? 0) <= heldAnswer) this.#mode = 'holding';
    else this.#streamCut();
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#mode === 'streaming') return this.#write(this.#cutter === null ? chunk : this.#cutter.push(chunk));
    if (this.#mode !== 'holding') return;
    this.#held.push(chunk);
    this.#heldBytes += chunk.length;
    if (this.#heldBytes <= this.#context.heldAnswer) return;
    const held = this.#held;
    this.#held = [];
    this.#streamCut();
    for (const one of held) this.#write(this.#cutter?.push(one) ?? one);
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
      this.#end(error.fault === 'gone' ? { kind: 'gone' } : { kind: 'failed', failure: error.fault === 'slow' ? 'body-too-slow' : 'key-elsewhere' });
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
    const { secrets } = this.#context;
    this.#cutter = new StreamCutter(secrets);
    // Its length is known only when it has been cut.
    this.#stream(false);
  }

  #stream(keepsLength = true): void {
    const headers = this.#headers;
    if (headers === null) return;
    const { response } = this.#context;
    this.#mode = 'streaming';
    if (keepsLength && headers.contentLength !== null) headers.passed.push('Content-Length', headers.contentLength);
    response.on('drain', () => this.#controller?.resume());
    response.writeHead(this.#status, headers.passed);
  }

  #write(chunk: Buffer): void {
    if (chunk.length > 0 && !this.#context.response.write(chunk)) this.#controller?.pause();
  }

  #end(result: AttemptResult): void {
    this.#mode = 'over';
    this.#held = [];
    this.#settle(result);
  }
}

function rawHeaders({ rawHeaders: raw }: Dispatcher.DispatchController): readonly (Buffer | string)[] {
  return Array.isArray(raw) ? raw : [];
}
