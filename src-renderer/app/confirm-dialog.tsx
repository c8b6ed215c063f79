import { AlertDialog } from 'radix-ui';
import { type ReactNode, useId, useRef, useState } from 'react';
import type { Outcome } from '../../src-main/contract/outcome.ts';
import { Complaint } from '../features/connect/complaint.tsx';
import { Button } from '../ui/button.tsx';
import { focusAfter, useOpener } from '../ui/opener.ts';
import { useHere } from '../ui/use-here.ts';
import type { Asked } from './requests.ts';
import { useParts } from './window-parts.tsx';
import type { WindowBridge } from '../../src-main/contract/window-api.ts';
import '../features/connect/connect.css';

interface Props {
  readonly title: string;
  /** What it means, in paragraphs. */
  readonly children: ReactNode;
  readonly yes: string;
  readonly no: string;
  readonly danger?: boolean;
  /** Said while it is done. */
  readonly progress: string;
  /** Where it is under way, and where its refusal is told should the dialog be closed by then. */
  readonly place: string | null;
  /** Where what came of it is told. */
  readonly toldAt: string | null;
  readonly what: Asked;
  readonly act: (bridge: WindowBridge) => Promise<Outcome>;
  /** The yes takes away what the owner pressed to come here, so the focus goes elsewhere. */
  readonly takesOpener?: boolean;
  readonly onClose: () => void;
}

/** Asks before something that cannot simply be taken back, and says what it means. A refusal stays in the dialog. */
export function ConfirmDialog({ title, children, yes, no, danger = true, progress, place, toldAt, what, act, takesOpener = false, onClose }: Props): ReactNode {
  const { bridge, requests } = useParts();
  const opener = useOpener();
  const complaint = useId();
  const here = useHere();
  const done = useRef(false);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<Outcome | null>(null);

  const confirm = async (): Promise<void> => {
    setPending(true);
    setRefusal(null);
    const outcome = await requests.ask(place, what, () => act(bridge));
    setPending(false);
    if (outcome.ok) {
      done.current = true;
      requests.tell(outcome, toldAt);
      if (here.current) onClose();
    } else if (here.current) setRefusal(outcome);
    else requests.tell(outcome, place);
  };
  return (
    <AlertDialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="dialog-cover">
          <AlertDialog.Content className="dialog" onCloseAutoFocus={(event) => focusAfter(event, takesOpener && done.current ? null : opener)}>
            <AlertDialog.Title className="dialog-title">{title}</AlertDialog.Title>
            <AlertDialog.Description asChild>
              <div className="dialog-lead">{children}</div>
            </AlertDialog.Description>
            <Complaint id={complaint} outcome={refusal} />
            <div className="form-actions">
              <Button kind={danger ? 'danger' : 'primary'} busy={pending} onClick={() => void confirm()}>
                {yes}
              </Button>
              <AlertDialog.Cancel className="button button-plain">{no}</AlertDialog.Cancel>
              <p className="form-progress" role="status">
                {pending ? progress : ''}
              </p>
            </div>
          </AlertDialog.Content>
        </AlertDialog.Overlay>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
