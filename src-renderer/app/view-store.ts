import type { DeliveryView } from '../../src-main/contract/deliveries.ts';
import type { KeyView } from '../../src-main/contract/keys.ts';
import type { ConnectionView } from '../../src-main/contract/status.ts';
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
  const reuse = { connections: createReuse(lookOf), keys: createReuse<KeyView>(), deliveries: createReuse<DeliveryView>() };
  let state: ViewState = { phase: 'loading' };
  // Counts what arrives: an answer that was overtaken by something newer is dropped.
  let arrived = 0;

  const set = (next: ViewState): void => {
    state = next;
    emitter.emit();
  };
  const take = (view: WindowView): void => {
    arrived += 1;
    const { status, gateway, deliveries } = view;
    const next: WindowView = {
      ...view,
      status: { ...status, connections: reuse.connections(status.connections) },
      gateway: { ...gateway, keys: reuse.keys(gateway.keys) },
      deliveries: reuse.deliveries(deliveries),
    };
    set({ phase: 'ready', view: next });
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

/** What counts as the look of a connection: of the life left hundredths, finer than the ring shows. */
export function lookOf(connection: ConnectionView): string {
  return JSON.stringify(connection, (key, value: unknown) => (key === 'lifeLeft' && typeof value === 'number' ? Math.round(value * 100) : value));
}
