import { useCallback } from 'react';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import type { WindowBridge } from '../../../src-main/contract/window-api.ts';
import type { Asked } from '../../app/requests.ts';
import { useParts } from '../../app/window-parts.tsx';

type BotAsk = (place: string, what: Asked, call: (bridge: WindowBridge) => Promise<Outcome>, toldAt?: string) => void;

/** Asks main for something with one press of a button, and tells what came of it in its own place, not on a connection's card. */
export function useBotAsk(): BotAsk {
  const { bridge, requests } = useParts();
  return useCallback(
    (place, what, call, toldAt = place) => {
      // The same words again are news only where the old ones were gone.
      requests.dismiss(toldAt);
      void requests.ask(place, what, () => call(bridge)).then((outcome) => requests.tell(outcome, toldAt));
    },
    [bridge, requests],
  );
}
