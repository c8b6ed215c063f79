import { createContext, type ReactNode, use, useMemo, useState, useSyncExternalStore } from 'react';
import type { Outcome } from '../../src-main/contract/outcome.ts';
import type { WindowBridge } from '../../src-main/contract/window-api.ts';
import type { OpenDialog } from './dialogs.ts';
import type { Asked, Requests } from './requests.ts';
import type { ShowStore, Wish } from './show-store.ts';
import type { ViewState, ViewStore } from './view-store.ts';

/** What every part of the window may reach. */
export interface WindowParts {
  readonly bridge: WindowBridge;
  readonly views: ViewStore;
  readonly shows: ShowStore;
  readonly requests: Requests;
  readonly openDialog: (dialog: OpenDialog | null) => void;
}

const PartsContext = createContext<WindowParts | null>(null);
const DialogContext = createContext<OpenDialog | null>(null);

export function PartsProvider({ bridge, views, shows, requests, children }: Omit<WindowParts, 'openDialog'> & { readonly children: ReactNode }): ReactNode {
  const [dialog, openDialog] = useState<OpenDialog | null>(null);
  const parts = useMemo(() => ({ bridge, views, shows, requests, openDialog }), [bridge, views, shows, requests]);
  return (
    <PartsContext value={parts}>
      <DialogContext value={dialog}>{children}</DialogContext>
    </PartsContext>
  );
}

export function useParts(): WindowParts {
  const parts = use(PartsContext);
  if (parts === null) throw new Error('A part of the window stands outside of it');
  return parts;
}

export function useOpenDialog(): OpenDialog | null {
  return use(DialogContext);
}

export function useViewState(): ViewState {
  const { views } = useParts();
  return useSyncExternalStore(views.subscribe, views.state);
}

/** Main's clock, by which every relative time is reckoned: in a trial it is far from the browser's. ISO 8601. */
export function useMainClock(): string {
  const state = useViewState();
  return state.phase === 'ready' ? state.view.status.at : '';
}

export function usePending(place: string | null): Asked | null {
  const { requests } = useParts();
  return useSyncExternalStore(requests.subscribe, () => requests.pending(place));
}

export function useOutcome(place: string | null): Outcome | null {
  const { requests } = useParts();
  return useSyncExternalStore(requests.subscribe, () => requests.outcome(place));
}

export function useWish(): Wish | null {
  const { shows } = useParts();
  return useSyncExternalStore(shows.subscribe, shows.wish);
}
