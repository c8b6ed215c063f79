import { type ReactNode, useMemo } from 'react';
import type { KeyView } from '../../../src-main/contract/keys.ts';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import { useParts } from '../../app/window-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { KeyRow } from './key-row.tsx';
import { Paged } from './paged.tsx';

interface Props {
  readonly keys: readonly KeyView[];
  readonly connections: readonly ConnectionView[];
  /** Making a key is what has to be done next. */
  readonly wanted: boolean;
}

/** Who uses the tokens: each bot by its key. */
export function KeyList({ keys, connections, wanted }: Props): ReactNode {
  const { openDialog } = useParts();
  const labels = useMemo(() => new Map(connections.map(({ id, label }) => [id, label])), [connections]);
  return (
    <section className="part" aria-labelledby="keys-title">
      <h3 className="part-title" id="keys-title">
        Keys: who uses your tokens
      </h3>
      <p className="part-lead">{keys.length === 0 ? 'There is no key yet. Make one for each bot, so that you see who calls, and can shut one out without the others.' : 'Each bot has its own key. “Renewals” counts how often the token changed without the bot noticing.'}</p>
      <Paged items={keys} more="keys" className="rows">
        {(key) => (
          <li key={key.id}>
            <KeyRow view={key} labels={labels} />
          </li>
        )}
      </Paged>
      <Button kind={wanted ? 'primary' : 'plain'} className="part-button" onClick={() => openDialog({ kind: 'make-key' })}>
        Make a key…
      </Button>
    </section>
  );
}
