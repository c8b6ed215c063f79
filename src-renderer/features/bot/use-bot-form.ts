import { type RefObject, type SubmitEvent, useState } from 'react';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import type { WindowBridge } from '../../../src-main/contract/window-api.ts';
import type { FormCall } from '../../app/form-call.ts';
import type { Asked } from '../../app/requests.ts';
import { useParts } from '../../app/window-parts.tsx';
import { useHere } from '../../ui/use-here.ts';
import { incomplete } from './incomplete.ts';

interface BotForm {
  readonly pending: boolean;
  /** Why it was not taken; null before and while it is sent. */
  readonly refusal: Outcome | null;
  readonly submit: (event: SubmitEvent<HTMLFormElement>) => void;
  /** False once the form is gone from the page. */
  readonly here: RefObject<boolean>;
}

interface Options {
  readonly place: string;
  readonly what: Asked;
  /** Reads the form at the moment of sending. */
  readonly read: (data: FormData) => FormCall;
  readonly onDone: (outcome: Outcome) => void;
}

/** A form of a dialog: it says itself what is missing, keeps what was typed where main refuses, and tells at `place` what came too late for it. */
export function useBotForm({ place, what, read, onDone }: Options): BotForm {
  const { bridge, requests } = useParts();
  const here = useHere();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Outcome | null>(null);

  const ask = async (call: (bridge: WindowBridge) => Promise<Outcome>): Promise<void> => {
    setPending(true);
    setRefusal(null);
    const outcome = await requests.ask(place, what, () => call(bridge));
    setPending(false);
    // The owner thought better of choosing a file: no news to them.
    if (outcome.code === 'cancelled') return;
    if (!here.current) requests.tell(outcome, place);
    else if (outcome.ok) onDone(outcome);
    else setRefusal(outcome);
  };
  return {
    pending,
    refusal,
    here,
    submit: (event) => {
      event.preventDefault();
      if (pending) return;
      const call = read(new FormData(event.currentTarget));
      if (typeof call === 'string') setRefusal(incomplete(call));
      else void ask(call);
    },
  };
}
