import type { WindowBridge } from '../../src-main/contract/window-api.ts';
import { createEmitter } from './emitter.ts';

/** A wish to see a connection; each is an object of its own, so that the same one can be wished for twice. */
export interface Wish {
  readonly connection: string | null;
  /** Its card, or how its bots get the token. */
  readonly part: 'connections' | 'bot';
}

/** The last wish, from main or from the window itself; kept until somebody fulfils it, also while there is no view yet. */
export interface ShowStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly wish: () => Wish | null;
  readonly show: (connection: string | null, part?: Wish['part']) => void;
  readonly fulfilled: (wish: Wish) => void;
  readonly stop: () => void;
}

export function createShowStore(bridge: WindowBridge): ShowStore {
  const emitter = createEmitter();
  let wish: Wish | null = null;
  const set = (next: Wish | null): void => {
    wish = next;
    emitter.emit();
  };
  return {
    subscribe: emitter.subscribe,
    wish: () => wish,
    show: (connection, part = 'connections') => set({ connection, part }),
    fulfilled: (done) => {
      if (wish === done) set(null);
    },
    stop: bridge.on('show', ({ connection }) => set({ connection, part: 'connections' })),
  };
}
