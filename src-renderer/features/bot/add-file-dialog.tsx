import { type ReactNode, useId } from 'react';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import type { AppView } from '../../../src-main/contract/window-view.ts';
import { useParts } from '../../app/window-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { WindowDialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Complaint } from '../connect/complaint.tsx';
import { wordsIn } from '../connect/form-words.ts';
import { botPlace } from './places.ts';
import type { FormCall } from '../../app/form-call.ts';
import { useBotForm } from './use-bot-form.ts';
import '../connect/connect.css';

const USUAL = 'WHATSAPP_ACCESS_TOKEN';
/** What every shell and every reader of such a file takes for a name. */
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]{0,199}$/;

interface Props {
  readonly connection: ConnectionView;
  readonly surface: AppView['surface'];
  readonly onClose: () => void;
}

/** Asks which file a connection's token is to be written into. On a desktop main asks for the file itself, in the system's own dialog. */
export function AddFileDialog({ connection: { id, label }, surface, onClose }: Props): ReactNode {
  const { requests } = useParts();
  const complaint = useId();
  const place = botPlace(id);
  const types = surface === 'browser';
  const { pending, refusal, submit } = useBotForm({
    place,
    what: 'delivery',
    read: (data) => read(data, id, types),
    onDone: (outcome) => {
      requests.tell(outcome, place);
      onClose();
    },
  });
  return (
    <WindowDialog title={`A file for “${label}”`} description="Evertoken writes each new token into this file, and changes nothing else in it." onClose={onClose}>
      <form className="form" onSubmit={submit} aria-busy={pending}>
        {types ? <TextField name="file" label="Path of the file" hint="The whole path, on the computer where Evertoken runs, such as /srv/bot/.env." maxLength={4_096} focused /> : null}
        <TextField name="variable" label="Name of the variable" initial={USUAL} hint="As your bot reads it. Evertoken adds it where the file does not hold it yet." />
        <CheckField name="keepBackup" label="Keep a backup" hint="The file as it was before the last write stays beside it. It holds the token before, so whoever may read the one should be allowed the other." />
        <Complaint id={complaint} outcome={refusal} />
        <div className="form-actions">
          <Button kind="primary" type="submit" busy={pending} aria-describedby={refusal === null ? undefined : complaint}>
            {types ? 'Add this file' : 'Choose file…'}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
          <p className="form-progress" role="status">
            {pending ? (types ? 'Writing the token…' : 'Waiting for you to choose a file…') : ''}
          </p>
        </div>
      </form>
    </WindowDialog>
  );
}

function read(data: FormData, connection: string, types: boolean): FormCall {
  const file = types ? wordsIn(data, 'file') : null;
  const variable = wordsIn(data, 'variable') ?? USUAL;
  if (types && file === null) return 'Give the path of the file.';
  if (!VARIABLE.test(variable)) return 'The name of a variable has letters, digits and underscores only, and begins with no digit.';
  const keepBackup = data.get('keepBackup') !== null;
  return (bridge) => bridge.addEnvDelivery({ connection, file, variable, keepBackup });
}
