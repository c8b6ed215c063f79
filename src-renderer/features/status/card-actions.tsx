import type { ReactNode } from 'react';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import type { Asked } from '../../app/requests.ts';
import { useAsk } from '../../app/use-ask.ts';
import { useParts } from '../../app/window-parts.tsx';
import { Button } from '../../ui/button.tsx';
import type { Look } from './looks.ts';

type Action = 'refresh' | 'check' | 'unlocked' | 'paste' | 'app';

/** What the look calls for; everything else stays within reach beside it. */
const FIRST: Readonly<Record<Look, Action>> = {
  broken: 'paste',
  'needs-set-up': 'paste',
  'keychain-locked': 'unlocked',
  urgent: 'refresh',
  soon: 'refresh',
  healthy: 'refresh',
  checking: 'check',
  unreachable: 'check',
};

/** Reasons that the app id and secret are the cure of. */
const WANTS_APP: ReadonlySet<string> = new Set(['no-app-credentials', 'app-secret-lost', 'app-credentials-refused', 'other-app']);

interface Props {
  readonly connection: ConnectionView;
  readonly busy: boolean;
  readonly pending: Asked | null;
}

/** The buttons of a card: first the one that helps now. */
export function CardActions({ connection, busy, pending }: Props): ReactNode {
  const { openDialog } = useParts();
  const ask = useAsk();
  const { id, look } = connection;
  const first = FIRST[look];

  const press: Readonly<Record<Action, { readonly words: string; readonly act: () => void; readonly under: Asked | null }>> = {
    refresh: { words: 'Refresh now', under: 'refresh', act: () => ask(id, 'refresh', (bridge) => bridge.refresh({ connection: id })) },
    check: { words: 'Check now', under: 'check', act: () => ask(id, 'check', (bridge) => bridge.check({ connection: id })) },
    unlocked: { words: 'I have unlocked it — check again', under: 'check', act: () => ask(id, 'check', (bridge) => bridge.check({ connection: id })) },
    paste: { words: look === 'needs-set-up' ? 'Paste a token' : 'Paste a new token', under: null, act: () => openDialog({ kind: 'replace', connection: id, about: 'token' }) },
    app: { words: 'Give app id and secret', under: null, act: () => openDialog({ kind: 'replace', connection: id, about: 'app' }) },
  };
  // As soon as a person may have to act, a new token is within reach too.
  const pasting = look === 'soon' || look === 'urgent';
  const wantsApp = first !== 'paste' && connection.reasonCodes.some((code) => WANTS_APP.has(code));
  const second: readonly Action[] = [...(wantsApp ? (['app'] as const) : []), ...(pasting ? (['paste'] as const) : [])];
  const other: Action = first === 'check' || first === 'unlocked' ? 'refresh' : 'check';

  const button = (action: Action, kind: 'primary' | 'plain' | 'quiet'): ReactNode => (
    <Button key={action} kind={kind} off={busy} busy={pending !== null && press[action].under === pending} onClick={press[action].act}>
      {press[action].words}
    </Button>
  );
  return (
    <div className="actions" role="group" aria-label={`Actions for ${connection.label}`}>
      {button(first, look === 'healthy' || look === 'checking' ? 'plain' : 'primary')}
      {second.map((action) => button(action, 'plain'))}
      {button(other, 'quiet')}
      {first === 'paste' || pasting ? null : (
        <Button kind="quiet" off={busy} onClick={press.paste.act}>
          Replace…
        </Button>
      )}
      <Button kind="quiet" className="actions-last" off={busy} onClick={() => openDialog({ kind: 'remove', connection: id })}>
        Remove…
      </Button>
    </div>
  );
}
