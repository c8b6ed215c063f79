import type { ReactNode } from 'react';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import type { Asked } from '../../app/requests.ts';
import { useAsk } from '../../app/use-ask.ts';
import { useParts } from '../../app/window-parts.tsx';
import { Button } from '../../ui/button.tsx';
import type { Look } from './looks.ts';

type Action = 'refresh' | 'check' | 'unlocked' | 'paste' | 'app';

/** The button for what main says would help. */
const FOR_CURE: Readonly<Record<NonNullable<ConnectionView['cure']>, Action | null>> = {
  'replace-token': 'paste',
  'give-app': 'app',
  unlock: 'unlocked',
  refresh: 'refresh',
  check: 'check',
  // The choice stands above the buttons.
  'choose-number': null,
};

/** Where nothing has to be done: what an owner who looks in may want to do. */
const FOR_LOOK: Readonly<Record<Look, Action>> = {
  broken: 'paste',
  'needs-set-up': 'paste',
  'keychain-locked': 'unlocked',
  urgent: 'refresh',
  soon: 'refresh',
  healthy: 'refresh',
  checking: 'check',
  unreachable: 'check',
};

interface Props {
  readonly connection: ConnectionView;
  readonly busy: boolean;
  readonly pending: Asked | null;
}

/** The buttons of a card: first the one that helps now. */
export function CardActions({ connection, busy, pending }: Props): ReactNode {
  const { openDialog } = useParts();
  const ask = useAsk();
  const { id, look, cure } = connection;
  const first = (cure === null ? null : FOR_CURE[cure]) ?? FOR_LOOK[look];

  const press: Readonly<Record<Action, { readonly words: string; readonly act: () => void; readonly under: Asked | null }>> = {
    refresh: { words: 'Refresh now', under: 'refresh', act: () => ask(id, 'refresh', (bridge) => bridge.refresh({ connection: id })) },
    check: { words: 'Check now', under: 'check', act: () => ask(id, 'check', (bridge) => bridge.check({ connection: id })) },
    unlocked: { words: 'I have unlocked it', under: 'check', act: () => ask(id, 'check', (bridge) => bridge.check({ connection: id })) },
    paste: { words: look === 'needs-set-up' ? 'Paste a token' : 'Paste a new token', under: null, act: () => openDialog({ kind: 'replace', connection: id, about: 'token' }) },
    app: { words: 'Give app id and secret', under: null, act: () => openDialog({ kind: 'replace', connection: id, about: 'app' }) },
  };
  // As soon as a person may have to act, one click and a new token are both within reach.
  const pressing = look === 'soon' || look === 'urgent';
  const second = (pressing ? (['refresh', 'paste'] as const) : []).filter((action) => action !== first);
  const others = (look === 'needs-set-up' ? [] : first === 'check' || first === 'unlocked' ? (['refresh'] as const) : first === 'refresh' || pressing || look === 'broken' ? (['check'] as const) : (['refresh', 'check'] as const));

  const button = (action: Action, kind: 'primary' | 'plain' | 'quiet'): ReactNode => (
    <Button key={action} kind={kind} off={busy} busy={pending !== null && press[action].under === pending} onClick={press[action].act}>
      {press[action].words}
    </Button>
  );
  return (
    <div className="actions" role="group" aria-label={`Actions for ${connection.label}`}>
      {button(first, look === 'healthy' || look === 'checking' ? 'plain' : 'primary')}
      {second.map((action) => button(action, 'plain'))}
      {others.map((action) => button(action, 'quiet'))}
      {first === 'paste' || pressing ? null : (
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
