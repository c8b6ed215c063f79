import type { ReactNode } from 'react';
import type { KeyView } from '../../../src-main/contract/keys.ts';
import { CopyText } from './copy-text.tsx';

interface Props {
  readonly connection: string;
  readonly base: string | null;
  readonly keys: readonly KeyView[];
}

/** What the owner sets in a bot that calls through the gateway. */
export function BaseAddress({ connection, base, keys }: Props): ReactNode {
  const opening = keys.filter(({ rights, connections }) => rights.includes('graph') && (connections === null || connections.includes(connection)));
  return (
    <section className="part">
      <h4 className="part-title">Through the gateway</h4>
      {base === null ? (
        <p className="part-lead">The gateway is off. Turn it on above, and here stands what to set in your bot.</p>
      ) : (
        <>
          <p className="part-lead">Set two things in your bot, and leave the rest as it is:</p>
          <dl className="settings">
            <div className="setting">
              <dt>Base address</dt>
              <dd>
                <CopyText label="In place of https://graph.facebook.com" text={`${base}/graph/${encodeURIComponent(connection)}`} />
              </dd>
            </div>
            <div className="setting">
              <dt>Access token</dt>
              <dd>{opening.length === 0 ? 'A key in its place. No key opens this connection yet: make one above.' : `A key in its place: that of ${namesOf(opening)}.`}</dd>
            </div>
          </dl>
        </>
      )}
    </section>
  );
}

/** So many are named; the others are counted. */
const NAMED = 3;

function namesOf(keys: readonly KeyView[]): string {
  const names = keys.map(({ name }) => `“${name}”`);
  return names.length > NAMED ? `${names.slice(0, NAMED).join(', ')} or ${names.length - NAMED} others` : names.join(' or ');
}
