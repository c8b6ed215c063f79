import { AlertDialog } from 'radix-ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import { useParts } from '../../app/window-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { focusAfter, useOpener } from '../../ui/opener.ts';
import { Complaint } from './complaint.tsx';
import './connect.css';

interface Props {
  readonly connection: ConnectionView;
  readonly onClose: () => void;
}

/** Asks before a connection and its secrets are erased, and says what that means. */
export function RemoveDialog({ connection, onClose }: Props): ReactNode {
  const { id, label } = connection;
  const { bridge, requests } = useParts();
  const opener = useOpener();
  const here = useRef(true);
  const removed = useRef(false);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Outcome | null>(null);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);

  const remove = async (): Promise<void> => {
    setPending(true);
    setRefusal(null);
    const outcome = await requests.ask(id, 'remove', () => bridge.remove({ connection: id }));
    setPending(false);
    if (outcome.ok) {
      removed.current = true;
      // Its card is gone, so this is told at the top.
      requests.tell({ ...outcome, connection: null });
      onClose();
    } else if (here.current) setRefusal(outcome);
    else requests.tell({ ...outcome, connection: id });
  };
  return (
    <AlertDialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="dialog-cover">
          <AlertDialog.Content className="dialog" onCloseAutoFocus={(event) => focusAfter(event, removed.current ? null : opener)}>
            <AlertDialog.Title className="dialog-title">Remove “{label}”?</AlertDialog.Title>
            <AlertDialog.Description asChild>
              <div className="dialog-lead">
                <p>Evertoken forgets this connection and erases its token and app secret from this computer.</p>
                <p>A bot that gets its token from Evertoken gets none any more, and nobody renews it in time. At Meta nothing changes: the token itself works until it ends.</p>
              </div>
            </AlertDialog.Description>
            <Complaint id="remove-complaint" outcome={refusal} />
            <div className="form-actions">
              <Button kind="danger" busy={pending} onClick={() => void remove()}>
                Remove
              </Button>
              <AlertDialog.Cancel className="button button-plain">Keep it</AlertDialog.Cancel>
              <p className="form-progress" role="status">
                {pending ? 'Removing…' : ''}
              </p>
            </div>
          </AlertDialog.Content>
        </AlertDialog.Overlay>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
