import { useCallback } from 'react';
import type { Outcome } from '../../src-main/contract/outcome.ts';
import type { WindowBridge } from '../../src-main/contract/window-api.ts';
import type { Asked } from './requests.ts';
import { useParts } from './window-parts.tsx';

type Ask = (connection: string | null, what: Asked, call: (bridge: WindowBridge) => Promise<Outcome>) => void;

/** Asks main for something and shows what came of it, for everything that is asked with one press of a button. */
export function useAsk(): Ask {
  const { bridge, requests } = useParts();
  return useCallback(
    (connection, what, call) => {
      void requests.ask(connection, what, () => call(bridge)).then((outcome) => requests.tell(outcome));
    },
    [bridge, requests],
  );
}
