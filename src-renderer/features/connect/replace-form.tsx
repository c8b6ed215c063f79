import { type ReactNode, useEffect, useId, useRef } from 'react';
import type { Outcome } from '../../../src-main/contract/outcome.ts';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icons.tsx';
import { SecretField } from '../../ui/secret-field.tsx';
import { Complaint } from './complaint.tsx';
import { APP_HINT, wordsIn } from './form-words.ts';
import type { FormCall } from '../../app/form-call.ts';
import { useSecretForm } from './use-form.ts';
import './connect.css';

interface Props {
  readonly connection: ConnectionView;
  readonly about: 'token' | 'app';
  /** Main took the token and asks back; it holds it, so that it crosses only once. */
  readonly onQuestion: (question: Outcome) => void;
  readonly onDone: (outcome: Outcome) => void;
  readonly onCancel: () => void;
}

/** Takes a new token, or app id and secret, or all of them. */
export function ReplaceForm({ connection, about, onQuestion, onDone, onCancel }: Props): ReactNode {
  const complaint = useId();
  const token = useRef<HTMLTextAreaElement>(null);
  const secret = useRef<HTMLTextAreaElement>(null);
  useEffect(() => (about === 'app' ? secret : token).current?.focus(), [about]);

  const onOutcome = (outcome: Outcome): boolean => {
    if (outcome.code === 'confirm') onQuestion(outcome);
    else if (outcome.ok) onDone(outcome);
    else return false;
    return true;
  };
  const { form, progress, refusal, submit } = useSecretForm({ connection: connection.id, what: 'replace', read: (data) => read(data, connection), onOutcome });

  return (
    <form ref={form} className="form" onSubmit={submit} aria-busy={progress !== null}>
      <SecretField name="token" holds="token" label={about === 'app' ? 'New access token (leave empty to keep the one in use)' : 'Paste the new access token'} tall={about === 'token'} fieldRef={token} complaint={refusal === null ? null : complaint} />
      <Complaint id={complaint} outcome={refusal} />
      <details className="more" open={about === 'app'}>
        <summary className="more-head">
          <Icon name="fold" />
          App id and secret
        </summary>
        <div className="more-fields">
          <TextField name="appId" label="App id" initial={connection.appId ?? ''} />
          <SecretField name="appSecret" holds="app secret" label="App secret" hint={APP_HINT} fieldRef={secret} />
        </div>
      </details>
      <div className="form-actions">
        <Button kind="primary" type="submit" busy={progress !== null}>
          {about === 'app' ? 'Use these' : 'Use this token'}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
        <p className="form-progress" role="status">
          {progress}
        </p>
      </div>
    </form>
  );
}

function read(data: FormData, { id, appId: known }: ConnectionView): FormCall {
  const token = wordsIn(data, 'token');
  const appId = wordsIn(data, 'appId');
  const appSecret = wordsIn(data, 'appSecret');
  if (appSecret !== null && appId === null) return 'Give the app id together with the app secret.';
  if (appSecret === null && appId !== null && appId !== known) return 'Give the app secret together with the app id.';
  if (token === null && appSecret === null) return 'Paste a token first, or give the app id and the app secret.';
  const app = appId === null || appSecret === null ? null : { appId, appSecret };
  return (bridge) => bridge.replace({ connection: id, token, app });
}
