import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import { useParts } from '../../app/window-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { DetailList } from '../status/outcome-note.tsx';
import { Complaint } from './complaint.tsx';

interface Props {
  readonly connection: string;
  /** What main asked back: in its details, what differs. */
  readonly question: Outcome;
  readonly onDone: (outcome: Outcome) => void;
  readonly onCancel: () => void;
}

/** Lists what differs and asks for a yes. The yes carries no secret: main still holds what was pasted. */
export function ConfirmReplace({ connection, question, onDone, onCancel }: Props): ReactNode {
  const { bridge, requests } = useParts();
  const cancel = useRef<HTMLButtonElement>(null);
  const here = useRef(true);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Outcome | null>(null);
  useEffect(() => {
    here.current = true;
    // A slip of the finger must not be a yes.
    cancel.current?.focus();
    return () => {
      here.current = false;
    };
  }, []);

  const confirm = async (): Promise<void> => {
    setPending(true);
    setRefusal(null);
    const outcome = await requests.ask(connection, 'replace', () => bridge.confirmReplace({ connection }));
    setPending(false);
    if (!here.current) requests.tell(outcome);
    else if (outcome.ok) onDone(outcome);
    else setRefusal(outcome);
  };
  return (
    <div className="form" aria-busy={pending}>
      <div className="differences">
        <DetailList details={question.details} />
      </div>
      <Complaint id="confirm-complaint" outcome={refusal} />
      <div className="form-actions">
        <Button kind="primary" busy={pending} onClick={() => void confirm()}>
          Use it anyway
        </Button>
        <Button ref={cancel} onClick={onCancel}>
          Cancel
        </Button>
        <p className="form-progress" role="status">
          {pending ? 'Putting the new token to use…' : ''}
        </p>
      </div>
    </div>
  );
}
