import { type ReactNode, useRef, useState } from 'react';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import { WindowDialog } from '../../ui/dialog.tsx';
import { KeyOnce } from './key-once.tsx';
import { MakeKeyForm } from './make-key-form.tsx';
import '../connect/connect.css';

interface Props {
  readonly connections: readonly ConnectionView[];
  readonly onClose: () => void;
}

/** Makes a key, and shows it this once. What is kept here is its name: the key itself goes from main's answer into its field. */
export function MakeKeyDialog({ connections, onClose }: Props): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null);
  const [made, setMade] = useState<string | null>(null);
  return (
    <WindowDialog
      title={made === null ? 'Make a key' : `The key for “${made}”`}
      description={made === null ? 'A key lets one bot use Evertoken. Make one for each, so that you see who calls, and can shut one out alone.' : 'Give it to your bot in place of the access token.'}
      onClose={onClose}
    >
      {made === null ? <MakeKeyForm connections={connections} field={field} onMade={setMade} onCancel={onClose} /> : null}
      <KeyOnce field={field} shown={made !== null} onClose={onClose} />
    </WindowDialog>
  );
}
