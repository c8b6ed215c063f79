import { type RefObject, type SubmitEvent, useRef, useState } from 'react';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import type { WindowBridge } from '../../../src-main/contract/window-api.ts';
import type { FormCall } from '../../app/form-call.ts';
import type { Asked } from '../../app/requests.ts';
import { ASKING_WHOSE } from '../status/progress.tsx';
import { useParts } from '../../app/window-parts.tsx';
import { useHere } from '../../ui/use-here.ts';

interface SecretForm {
  readonly form: RefObject<HTMLFormElement | null>;
  /** What is under way, in words; null where nothing is. */
  readonly progress: string | null;
  /** Why it was not taken; null before and while it is sent. */
  readonly refusal: Outcome | null;
  readonly submit: (event: SubmitEvent<HTMLFormElement>) => void;
  readonly send: (call: FormCall, progress: string) => void;
}

interface Options {
  readonly connection: string | null;
  readonly what: Asked;
  /** Reads the form at the moment of sending; nothing of it is kept. */
  readonly read: (data: FormData) => FormCall;
  /** Told of what main took, or put back as a question. Answers false where the refusal stays in the form. */
  readonly onOutcome: (outcome: Outcome) => boolean;
}

/**
 * A form that holds secrets. They stand in its fields alone, are emptied the moment main has them, and stay for
 * correction where main refused.
 */
export function useSecretForm({ connection, what, read, onOutcome }: Options): SecretForm {
  const { bridge, requests } = useParts();
  const form = useRef<HTMLFormElement>(null);
  const here = useHere();
  const [progress, setProgress] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Outcome | null>(null);

  const ask = async (call: (bridge: WindowBridge) => Promise<Outcome>, words: string): Promise<void> => {
    setProgress(words);
    setRefusal(null);
    const outcome = await requests.ask(connection, what, () => call(bridge));
    setProgress(null);
    // The owner thought better of choosing a file: no news to them.
    if (outcome.code === 'cancelled') return;
    if (outcome.ok || outcome.code === 'confirm') form.current?.reset();
    // Closed in the meantime: what came of it is still told.
    if (!here.current) requests.tell(outcome);
    else if (!onOutcome(outcome)) setRefusal(outcome);
  };
  const send = (call: FormCall, words: string): void => {
    if (progress !== null) return;
    if (typeof call === 'string') setRefusal({ ok: false, code: 'incomplete', message: call, connection, details: [] });
    else void ask(call, words);
  };
  return {
    form,
    progress,
    refusal,
    send,
    submit: (event) => {
      event.preventDefault();
      send(read(new FormData(event.currentTarget)), ASKING_WHOSE);
    },
  };
}
