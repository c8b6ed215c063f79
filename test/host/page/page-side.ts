import type { createCodec } from './codec.ts';
import type { PageWorld } from './world.ts';
import type { joinWorlds } from './worlds.ts';

/**
 * The page's own half: takes what the preload exposes and makes `window.open` ask the main process. Stands alone: its text is put into
 * pages, before their scripts.
 */
export function pageSide(secret: string, makeCodec: typeof createCodec, join: typeof joinWorlds): void {
  const page = globalThis as unknown as PageWorld;
  const { freeze, defineProperty } = Object;

  const frozen = (value: unknown): unknown => {
    if (value !== null && typeof value === 'object') for (const part of Object.values(value)) frozen(part);
    return freeze(value);
  };

  const link = join(secret, 'page', 'preload', makeCodec, (message, codec) => {
    if (message.kind !== 'expose') return undefined;
    if (message.key in globalThis) throw new Error('Cannot bind an API on top of an existing property on the window object');
    defineProperty(globalThis, message.key, { value: frozen(codec.decode(message.api)), writable: false, configurable: false, enumerable: true });
    return null;
  });

  // Chromium would block this without a click, and hand out a window where Electron answers null.
  page.open = (url = 'about:blank', name = '', features = '') => {
    link.tell({ kind: 'open', url: new URL(url.toString(), page.location.href).href, name: name.toString(), features: features.toString() });
    return null;
  };
}
