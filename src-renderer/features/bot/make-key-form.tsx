import { type ReactNode, type RefObject, useId } from 'react';
import type { CreatedKey, CreateKeyRequest } from '../../../src-main/contract/keys.ts';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import { useParts } from '../../app/window-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { TextField } from '../../ui/field.tsx';
import { Complaint } from '../connect/complaint.tsx';
import { wordsIn } from '../connect/form-words.ts';
import { ConnectionChoice } from './connection-choice.tsx';
import { GATEWAY_PLACE } from './places.ts';
import { RIGHTS } from './rights.ts';
import type { FormCall } from '../../app/form-call.ts';
import { useBotForm } from './use-bot-form.ts';

interface Props {
  readonly connections: readonly ConnectionView[];
  /** Where the key is put, past React. */
  readonly field: RefObject<HTMLTextAreaElement | null>;
  /** Told the name of the key that now stands in `field`. */
  readonly onMade: (name: string) => void;
  readonly onCancel: () => void;
}

/** Asks whose a new key is and what it opens. */
export function MakeKeyForm({ connections, field, onMade, onCancel }: Props): ReactNode {
  const { requests } = useParts();
  const complaint = useId();
  const { pending, refusal, submit } = useBotForm({
    place: GATEWAY_PLACE,
    what: 'key',
    read: (data) => read(data, field),
    onDone: (outcome) => {
      requests.dismiss(GATEWAY_PLACE);
      onMade(outcome.message);
    },
  });
  return (
    <form className="form" onSubmit={submit} aria-busy={pending}>
      <TextField name="name" label="Whose key is it?" hint="A name that you will know again, such as “Order bot”." focused />
      <fieldset className="choices">
        <legend className="field-label">What may it do?</legend>
        {RIGHTS.map(({ right, words, hint }) => (
          <CheckField key={right} name="rights" value={right} label={words} hint={hint} checked={right === 'graph'} />
        ))}
      </fieldset>
      <ConnectionChoice connections={connections} />
      <Complaint id={complaint} outcome={refusal} />
      <div className="form-actions">
        <Button kind="primary" type="submit" busy={pending}>
          Make the key
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
        <p className="form-progress" role="status">
          {pending ? 'Making it…' : ''}
        </p>
      </div>
    </form>
  );
}

function read(data: FormData, field: RefObject<HTMLTextAreaElement | null>): FormCall {
  // What a paste may bring along, and no name has.
  const name = (wordsIn(data, 'name') ?? '').replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  const given = new Set(data.getAll('rights'));
  const rights = RIGHTS.map(({ right }) => right).filter((right) => given.has(right));
  const chosen = data.getAll('connections').filter((id) => typeof id === 'string');
  const connections = data.get('which') === 'some' ? chosen : null;
  if (name === '') return 'Give the key a name, so that you know later whose it is.';
  if (rights.length === 0) return 'Tick at least one thing that the key may do.';
  if (connections?.length === 0) return 'Tick at least one connection, or choose all of them.';
  return async (bridge) => shown(await bridge.createKey({ name, rights, connections }), { name, rights, connections }, field);
}

/** Takes the key out of main's answer and into its field; from here on nothing else has it. */
function shown({ key, id: _id, ...outcome }: CreatedKey, { name }: CreateKeyRequest, field: RefObject<HTMLTextAreaElement | null>): Outcome {
  if (!outcome.ok || key === null) return outcome;
  // Nobody would ever see it.
  if (field.current === null) return { ...outcome, ok: false, code: 'key-not-shown', message: `The key “${name}” was made, but its window was closed before it could be shown. Revoke it and make another.` };
  field.current.value = key;
  return { ...outcome, message: name };
}
