import type { Codec, createCodec, Links, Wire } from './codec.ts';
import type { PageWorld } from './world.ts';

/** What one world of a page tells the other. */
export type WorldMessage =
  | { readonly kind: 'expose'; readonly seq: number; readonly key: string; readonly api: Wire }
  | { readonly kind: 'call'; readonly seq: number; readonly id: number; readonly args: Wire }
  | { readonly kind: 'return'; readonly seq: number; readonly ok: boolean; readonly value: Wire }
  | { readonly kind: 'settle'; readonly id: number; readonly ok: boolean; readonly value: Wire }
  | { readonly kind: 'open'; readonly url: string; readonly name: string; readonly features: string };

/** One world's end of the bridge between the preload's world and the page's. */
export interface WorldLink {
  readonly codec: Codec;
  /** Tells the other world something that needs no answer. */
  tell(message: WorldMessage): void;
  /** Offers an object under a name in the other world; throws what that world says against it. */
  expose(key: string, api: unknown): void;
}

/**
 * Joins the two worlds of a page. They share the document and nothing else, so they speak through events with a name that only they
 * know; functions and promises cross as numbers. Dispatching is synchronous: an answer is there when a call returns. Stands alone: its
 * text is put into pages.
 */
export function joinWorlds(secret: string, own: string, other: string, makeCodec: typeof createCodec, onMessage: (message: WorldMessage, codec: Codec) => Wire | undefined): WorldLink {
  const page = globalThis as unknown as PageWorld;
  const { document, CustomEvent } = page;
  const dispatch = document.dispatchEvent.bind(document);
  const given: unknown[] = [];
  const returns = new Map<number, { ok: boolean; value: Wire }>();
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let seq = 0;

  const tell = (message: WorldMessage): void => void dispatch(new CustomEvent(`${secret}-${other}`, { detail: JSON.stringify(message) }));

  const ask = (message: WorldMessage & { readonly seq: number }): unknown => {
    tell(message);
    const answer = returns.get(message.seq);
    returns.delete(message.seq);
    if (answer === undefined) throw new Error('The other world of this page does not answer.');
    const value = codec.decode(answer.value);
    if (!answer.ok) throw value;
    return value;
  };

  const settle = (id: number, ok: boolean, value: unknown): void => {
    try {
      tell({ kind: 'settle', id, ok, value: codec.encode(value) });
    } catch (error) {
      tell({ kind: 'settle', id, ok: false, value: codec.encode(error) });
    }
  };

  const links: Links = {
    give: (target) => {
      const id = given.push(target) - 1;
      if (typeof target !== 'function')
        void Promise.resolve(target).then(
          (value) => settle(id, true, value),
          (error: unknown) => settle(id, false, error),
        );
      return id;
    },
    takeFunction: (id) => (...args: unknown[]) => ask({ kind: 'call', seq: (seq += 1), id, args: codec.encode(args) }),
    takePromise: (id) =>
      new Promise((resolve, reject) => {
        promises.set(id, { resolve, reject });
      }),
  };
  const codec = makeCodec(links);

  const answer = (message: WorldMessage): Wire | undefined => {
    switch (message.kind) {
      case 'call':
        return codec.encode((given[message.id] as (...args: unknown[]) => unknown)(...(codec.decode(message.args) as unknown[])));
      case 'return':
        returns.set(message.seq, message);
        return undefined;
      case 'settle': {
        const waiting = promises.get(message.id);
        promises.delete(message.id);
        if (message.ok) waiting?.resolve(codec.decode(message.value));
        else waiting?.reject(codec.decode(message.value));
        return undefined;
      }
      default:
        return onMessage(message, codec);
    }
  };

  document.addEventListener(`${secret}-${own}`, (event) => {
    const message = JSON.parse(event.detail) as WorldMessage;
    try {
      const value = answer(message);
      if (value !== undefined && 'seq' in message) tell({ kind: 'return', seq: message.seq, ok: true, value });
    } catch (error) {
      if ('seq' in message) tell({ kind: 'return', seq: message.seq, ok: false, value: codec.encode(error) });
    }
  });

  return { codec, tell, expose: (key, api) => void ask({ kind: 'expose', seq: (seq += 1), key, api: codec.encode(api) }) };
}
