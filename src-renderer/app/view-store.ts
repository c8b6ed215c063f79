import type { WindowBridge } from '../../src-main/contract/window-api.ts';
import type { WindowView } from '../../src-main/contract/window-view.ts';
import { createEmitter } from './emitter.ts';
import { createReuse } from './reuse.ts';

/** What the window knows of main: nothing yet, that it did not answer, or the view. */
export type ViewState = { readonly phase: 'loading' } | { readonly phase: 'failed' } | { readonly phase: 'ready'; readonly view: WindowView };

/** The latest view, asked for and told. */
export interface ViewStore {
  readonly subscribe: (listener: () => void) => () => void;
  readonly state: () => ViewState;
  /** Asks main for the view. A failure shows only where there is no view yet. */
  readonly load: () => Promise<void>;
  readonly stop: () => void;
}

export function createViewStore(bridge: WindowBridge): ViewStore {
  const emitter = createEmitter();
  const reuse = createReuse();
  let state: ViewState = { phase: 'loading' };
  // Counts what arrives: an answer that was overtaken by something newer is dropped.
  let arrived = 0;

  const set = (next: ViewState): void => {
    state = next;
    emitter.emit();
  };
  const take = (view: WindowView): void => {
    arrived += 1;
    set({ phase: 'ready', view: { ...view, status: { ...view.status, connections: reuse(view.status.connections) } } });
  };
  const stop = bridge.on('viewChanged', take);

  return {
    subscribe: emitter.subscribe,
    state: () => state,
    load: async () => {
      const before = arrived;
      if (state.phase === 'failed') set({ phase: 'loading' });
      try {
        const view = await bridge.view({});
        if (arrived === before) take(view);
      } catch {
        if (state.phase === 'loading') set({ phase: 'failed' });
      }
    },
    stop,
  };
}
