import { type ReactNode, useState } from 'react';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import { useParts } from '../../app/window-parts.tsx';
import { WindowDialog } from '../../ui/dialog.tsx';
import { ConfirmReplace } from './confirm-replace.tsx';
import { ReplaceForm } from './replace-form.tsx';

interface Props {
  readonly connection: ConnectionView;
  readonly about: 'token' | 'app';
  readonly onClose: () => void;
}

/** Puts a new token in the place of the old one. Where it differs, main asks back before it is used. */
export function ReplaceDialog({ connection, about, onClose }: Props): ReactNode {
  const { bridge, requests } = useParts();
  const [question, setQuestion] = useState<Outcome | null>(null);
  const done = (outcome: Outcome): void => {
    requests.tell({ ...outcome, connection: connection.id });
    onClose();
  };
  const title = question === null ? `${about === 'app' ? 'App id and secret' : 'New token'} for “${connection.label}”` : 'Use this token?';
  const lead = question === null ? 'Evertoken asks Meta first and keeps what is in use until the new one is proved to work with this number.' : question.message;
  const cancel = (): void => {
    // Main holds what was pasted until it hears a yes or a no. Whether the no arrived makes no difference here.
    if (question !== null) bridge.forgetReplace({ connection: connection.id }).catch(() => undefined);
    onClose();
  };
  return (
    <WindowDialog title={title} description={lead} onClose={cancel}>
      {question === null ? (
        <ReplaceForm connection={connection} about={about} onQuestion={setQuestion} onDone={done} onCancel={onClose} />
      ) : (
        <ConfirmReplace connection={connection.id} question={question} onDone={done} onCancel={cancel} />
      )}
    </WindowDialog>
  );
}
