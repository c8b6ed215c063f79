import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useParts } from '../../app/window-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Complaint } from '../connect/complaint.tsx';
import { wordsIn } from '../connect/form-words.ts';
import { botPlace } from './places.ts';
import type { FormCall } from '../../app/form-call.ts';
import { useBotForm } from './use-bot-form.ts';
import '../connect/connect.css';

const MOST_ARGUMENTS = 100;
const LONGEST_ARGUMENT = 4_096;
const USUAL_SECONDS = 60;
const MOST_SECONDS = 3_600;

interface Props {
  readonly connection: string;
  readonly onClose: () => void;
}

/** Takes a program with its arguments, a folder and a time limit. */
export function CommandForm({ connection, onClose }: Props): ReactNode {
  const { requests } = useParts();
  const field = useId();
  const complaint = useId();
  const command = useRef<HTMLTextAreaElement>(null);
  const place = botPlace(connection);
  useEffect(() => command.current?.focus(), []);
  const { pending, refusal, submit } = useBotForm({
    place,
    what: 'delivery',
    read: (data) => read(data, connection),
    onDone: (outcome) => {
      requests.tell(outcome, place);
      onClose();
    },
  });
  return (
    <form className="form" onSubmit={submit} aria-busy={pending}>
      <div className="field">
        <label className="field-label" htmlFor={field}>
          Program and arguments, one on each line
        </label>
        <textarea id={field} ref={command} className="field-input field-secret" name="command" rows={4} maxLength={20_000} autoComplete="off" autoCapitalize="off" autoCorrect="off" spellCheck={false} placeholder={'systemctl\n--user\nrestart\norder-bot'} aria-describedby={`${field}-hint ${complaint}`} aria-invalid={refusal === null ? undefined : true} />
        <p className="field-hint" id={`${field}-hint`}>
          No shell reads this: each line is one argument as it stands, so quotes, $ and && have no meaning.
        </p>
      </div>
      <TextField name="folder" label="Folder that it runs in" hint="The whole path; left empty, your home folder." maxLength={4_096} />
      <TextField name="seconds" label="Time limit in seconds" initial={String(USUAL_SECONDS)} hint={`From 1 to ${MOST_SECONDS}. Evertoken ends what runs longer, and says so.`} />
      <Complaint id={complaint} outcome={refusal} />
      <div className="form-actions">
        <Button kind="primary" type="submit" busy={pending}>
          Use this command
        </Button>
        <Button onClick={onClose}>Cancel</Button>
        <p className="form-progress" role="status">
          {pending ? 'Noting it…' : ''}
        </p>
      </div>
    </form>
  );
}

function read(data: FormData, connection: string): FormCall {
  const typed = data.get('command');
  // An empty line is a slip; an empty argument is nothing that a restart needs.
  const argv = typeof typed === 'string' ? typed.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '') : [];
  const seconds = wordsIn(data, 'seconds') ?? String(USUAL_SECONDS);
  const timeoutSeconds = /^\d{1,4}$/.test(seconds) ? Number(seconds) : 0;
  if (argv.length === 0) return 'Give the program to run on the first line.';
  if (argv.length > MOST_ARGUMENTS) return `At most ${MOST_ARGUMENTS} lines can be given. Put longer commands into a script, and run that.`;
  if (argv.some((line) => line.length > LONGEST_ARGUMENT)) return 'One of the lines is too long. Put longer commands into a script, and run that.';
  if (timeoutSeconds < 1 || timeoutSeconds > MOST_SECONDS) return `The time limit is a whole number of seconds from 1 to ${MOST_SECONDS}.`;
  return (bridge) => bridge.setCommand({ connection, argv, folder: wordsIn(data, 'folder'), timeoutSeconds });
}
