import { EventEmitter } from 'node:events';
import { HostEvent } from '../event.ts';
import { createCodec, type Wire } from '../page/codec.ts';
import type { FromPage, ToPage } from '../page/preload-side.ts';

type Handler = (event: object, ...args: unknown[]) => unknown;

/** Who called, as a handler sees it. */
export interface Caller {
  readonly sender: { send(channel: string, ...args: unknown[]): void };
  readonly senderFrame: { readonly processId: number; readonly routingId: number } | null;
}

/** The codec of all that crosses between main process and pages. */
export const ipcCodec = createCodec(null);

/** `ipcMain`, and what answers a page. */
export class HostIpcMain extends EventEmitter {
  readonly #handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (typeof handler !== 'function') throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`);
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel);
  }

  /** What a page gets for its call. Never rejects: an error is an answer. */
  async answer(call: Extract<FromPage, { kind: 'invoke' }>, caller: Caller): Promise<ToPage> {
    const { id, channel } = call;
    const handler = this.#handlers.get(channel);
    if (handler === undefined) return { kind: 'answer', id, ok: false, error: `Error: No handler registered for '${channel}'` };
    try {
      const value = await handler(eventFor(caller), ...argumentsOf(call.args));
      return { kind: 'answer', id, ok: true, value: ipcCodec.encode(value) };
    } catch (error) {
      process.stderr.write(`Error occurred in handler for '${channel}': ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      return { kind: 'answer', id, ok: false, error: String(error) };
    }
  }

  /** Hands on what a page sent without waiting for an answer. */
  receive(message: Extract<FromPage, { kind: 'send' }>, caller: Caller): void {
    const event = Object.assign(eventFor(caller), { ports: [], reply: (channel: string, ...args: unknown[]) => caller.sender.send(channel, ...args) });
    this.emit(message.channel, event, ...argumentsOf(message.args));
  }
}

function argumentsOf(wire: Wire): unknown[] {
  return ipcCodec.decode(wire) as unknown[];
}

function eventFor({ sender, senderFrame }: Caller): HostEvent {
  return Object.assign(new HostEvent(), { type: 'frame', sender, senderFrame, frameId: senderFrame?.routingId ?? -1, processId: senderFrame?.processId ?? -1 });
}

/** The one ipcMain. */
export const hostIpcMain = new HostIpcMain();
