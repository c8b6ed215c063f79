import { type ReactNode, useEffect, useId, useRef } from 'react';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import { useParts } from '../../app/window-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import { Complaint } from './complaint.tsx';
import { APP_HINT, wordsIn } from './form-words.ts';
import type { FormCall } from '../../app/form-call.ts';
import { useSecretForm } from './use-form.ts';
import './connect.css';

/** Takes a token, or everything in a bot's .env, and connects it. */
export function SetUpForm({ onDone }: { readonly onDone: () => void }): ReactNode {
  const { requests, shows } = useParts();
  const complaint = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);

  const onOutcome = (outcome: Outcome): boolean => {
    if (!outcome.ok) return false;
    requests.tell(outcome);
    onDone();
    if (outcome.connection !== null) shows.show(outcome.connection);
    return true;
  };
  const { form, progress, refusal, submit, send } = useSecretForm({ connection: null, what: 'connect', read, onOutcome });

  return (
    <form ref={form} className="form" onSubmit={submit} aria-busy={progress !== null}>
      <SecretField name="token" holds="token" label="Paste your access token, or everything in your bot’s .env file" tall fieldRef={field} complaint={refusal === null ? null : complaint} />
      <Complaint id={complaint} outcome={refusal} />
      <details className="more">
        <summary className="more-head">
          <Icon name="fold" />
          More: app id and secret, name, number
        </summary>
        <div className="more-fields">
          <TextField name="appId" label="App id" />
          <SecretField name="appSecret" holds="app secret" label="App secret" hint={APP_HINT} />
          <TextField name="label" label="Name for this connection" hint="As you call it: “Main shop”, for example." />
          <TextField name="phoneNumberId" label="Phone number id" />
          <TextField name="wabaId" label="WhatsApp Business account id" hint="Evertoken looks for number and account by itself where these are empty." />
        </div>
      </details>
      <div className="form-actions">
        <Button kind="primary" type="submit" busy={progress !== null}>
          Connect
        </Button>
        <Button off={progress !== null} onClick={() => send((bridge) => bridge.importEnvFile({}), 'Waiting for the file, then asking Meta…')}>
          Choose .env file…
        </Button>
        <p className="form-progress" role="status">
          {progress}
        </p>
      </div>
    </form>
  );
}

function read(data: FormData): FormCall {
  const token = wordsIn(data, 'token');
  if (token === null) return 'Paste your token here first, or choose your bot’s .env file.';
  const request = {
    token,
    label: wordsIn(data, 'label'),
    appId: wordsIn(data, 'appId'),
    appSecret: wordsIn(data, 'appSecret'),
    phoneNumberId: wordsIn(data, 'phoneNumberId'),
    wabaId: wordsIn(data, 'wabaId'),
  };
  return (bridge) => bridge.connect(request);
}
