import { memo, type ReactNode } from 'react';
import type { KeyView } from '../../../src-main/contract/keys.ts';
import { useMainClock, useParts } from '../../app/window-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { absoluteWords, relativeWords } from '../../ui/times.ts';
import { rightsWords } from './rights.ts';

/** So many connections are named; the others are counted. */
const NAMED = 3;
const COUNT = new Intl.NumberFormat('en-GB');

interface Props {
  readonly view: KeyView;
  /** Of connections, by id. */
  readonly labels: ReadonlyMap<string, string>;
}

/** One key: whose it is, what it opens, and what came through it. */
export const KeyRow = memo(function KeyRow({ view, labels }: Props): ReactNode {
  const { openDialog } = useParts();
  const { id, name, rights, connections, calls, renewals, errors } = view;
  return (
    <div className="row">
      <div className="row-words">
        <h4 className="row-name">
          <Icon name="key" size={18} />
          {name}
        </h4>
        <p>
          May {rightsWords(rights)}, for {placesWords(connections, labels)}.
        </p>
        <p className="faint">
          <LastUsed iso={view.lastUsedAt} /> · {counted(calls, 'call')} · {counted(renewals, 'renewal')} · {counted(errors, 'error')}
        </p>
      </div>
      <Button kind="quiet" onClick={() => openDialog({ kind: 'revoke-key', key: id })}>
        Revoke…<span className="unseen"> {name}</span>
      </Button>
    </div>
  );
});

function LastUsed({ iso }: { readonly iso: string | null }): ReactNode {
  const now = useMainClock();
  if (iso === null) return 'Never used';
  return (
    <time dateTime={iso} title={absoluteWords(iso)}>
      Last used {relativeWords(iso, now)}
    </time>
  );
}

function counted(count: number, noun: string): string {
  return `${COUNT.format(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Which connections, by their names. One that was removed is none any more. */
export function placesWords(connections: readonly string[] | null, labels: ReadonlyMap<string, string>): string {
  if (connections === null) return 'all connections';
  const names = connections.flatMap((id) => labels.get(id) ?? []);
  if (names.length === 0) return 'no connection any more';
  const rest = names.length - NAMED;
  return rest > 0 ? `${names.slice(0, NAMED).join(', ')} and ${COUNT.format(rest)} more` : names.join(', ');
}
