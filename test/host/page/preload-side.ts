import type { createCodec, Wire } from './codec.ts';
import type { PageWorld } from './world.ts';
import type { joinWorlds } from './worlds.ts';

/** What a page tells the host. */
export type FromPage =
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: Wire }
  | { readonly kind: 'send'; readonly channel: string; readonly args: Wire }
  | { readonly kind: 'open'; readonly url: string; readonly name: string; readonly features: string }
  | { readonly kind: 'title'; readonly title: string }
  | { readonly kind: 'violation'; readonly violation: Violation }
  | { readonly kind: 'preload-error'; readonly message: string; readonly stack: string };

/** What the host tells a page. */
export type ToPage =
  | { readonly kind: 'answer'; readonly id: number; readonly ok: true; readonly value: Wire }
  | { readonly kind: 'answer'; readonly id: number; readonly ok: false; readonly error: string }
  | { readonly kind: 'event'; readonly channel: string; readonly args: Wire };

/** A breach of the page's Content-Security-Policy, as Chromium reported it. */
export interface Violation {
  readonly directive: string;
  readonly blocked: string;
  readonly source: string;
  readonly line: number;
  readonly sample: string;
  readonly document: string;
}

/** What a preload may rely on. */
export interface PreloadOptions {
  readonly secret: string;
  /** How the origins end, as Chromium sees them, whose main frames get the preload. */
  readonly ownTail: string;
  readonly hasPreload: boolean;
  readonly process: Readonly<Record<string, unknown>>;
}

/** The preload's own text, as a function. */
export type PreloadBody = (require: (name: string) => unknown, module: { exports: unknown }, exports: unknown, process: unknown) => void;

type Listener = (event: object, ...args: unknown[]) => void;

/**
 * The preload's world: it alone reaches the host. Gives `require('electron')` as a sandboxed preload has it and runs the preload once in
 * each document of the app's main frame. Stands alone: its text is put into pages.
 */
export function preloadSide(options: PreloadOptions, makeCodec: typeof createCodec, join: typeof joinWorlds, body: PreloadBody): void {
  const page = globalThis as unknown as PageWorld;
  const call = page.hostCall;
  if (call === undefined) throw new Error('The host is out of reach.');
  const tell = (message: FromPage): void => call(JSON.stringify(message));
  const codec = makeCodec(null);
  const waiting = new Map<number, { channel: string; resolve(value: unknown): void; reject(error: Error): void }>();
  const listeners = new Map<string, { listener: Listener; once: boolean }[]>();
  let lastId = 0;

  const link = join(options.secret, 'preload', 'page', makeCodec, (message) => {
    if (message.kind === 'open') tell(message);
    return undefined;
  });

  page.addEventListener('securitypolicyviolation', (event) => tell({ kind: 'violation', violation: { directive: event.effectiveDirective, blocked: event.blockedURI, source: event.sourceFile, line: event.lineNumber, sample: event.sample, document: event.documentURI } }), true);

  let title: string | null = null;
  const lookAtTitle = (): void => {
    if (page.document.title === title) return;
    ({ title } = page.document);
    tell({ kind: 'title', title });
  };
  page.document.addEventListener('DOMContentLoaded', () => {
    new page.MutationObserver(lookAtTitle).observe(page.document.head, { childList: true, subtree: true, characterData: true });
    lookAtTitle();
  });

  const hear = (channel: string, args: unknown[]): void => {
    for (const entry of listeners.get(channel)?.slice() ?? []) {
      if (entry.once) ipcRenderer.removeListener(channel, entry.listener);
      entry.listener({ sender: ipcRenderer, ports: [] }, ...args);
    }
  };
  page.hostDeliver = (text) => {
    const message = JSON.parse(text) as ToPage;
    if (message.kind === 'event') {
      hear(message.channel, codec.decode(message.args) as unknown[]);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.ok) asked?.resolve(codec.decode(message.value));
    else asked?.reject(new Error(`Error invoking remote method '${asked.channel}': ${message.error}`));
  };

  const listen = (channel: string, listener: Listener, once: boolean): unknown => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }]);
    return ipcRenderer;
  };
  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]): Promise<unknown> =>
      new Promise((resolve, reject) => {
        const id = (lastId += 1);
        const message: FromPage = { kind: 'invoke', id, channel, args: codec.encode(args) };
        waiting.set(id, { channel, resolve, reject });
        tell(message);
      }),
    send: (channel: string, ...args: unknown[]): void => tell({ kind: 'send', channel, args: codec.encode(args) }),
    on: (channel: string, listener: Listener): unknown => listen(channel, listener, false),
    addListener: (channel: string, listener: Listener): unknown => listen(channel, listener, false),
    once: (channel: string, listener: Listener): unknown => listen(channel, listener, true),
    removeListener: (channel: string, listener: Listener): unknown => {
      const known = listeners.get(channel) ?? [];
      const at = known.findIndex((entry) => entry.listener === listener);
      listeners.set(channel, known.filter((_entry, index) => index !== at));
      return ipcRenderer;
    },
    off: (channel: string, listener: Listener): unknown => ipcRenderer.removeListener(channel, listener),
    removeAllListeners: (channel: string): unknown => {
      listeners.delete(channel);
      return ipcRenderer;
    },
  };
  const electron = { ipcRenderer, contextBridge: { exposeInMainWorld: (key: string, api: unknown): void => link.expose(key, api) } };

  if (!options.hasPreload || page.top !== page.window || !page.location.origin.endsWith(options.ownTail)) return;
  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const own: { exports: unknown } = { exports: {} };
  try {
    body(require, own, own.exports, options.process);
  } catch (error) {
    tell({ kind: 'preload-error', message: error instanceof Error ? error.message : String(error), stack: error instanceof Error ? (error.stack ?? '') : '' });
  }
}
