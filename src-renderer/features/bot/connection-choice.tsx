import { type ReactNode, useState } from 'react';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import { CheckField } from '../../ui/check-field.tsx';
import { matching } from '../status/order.ts';

/** So many are offered at once; the others are found by typing. */
const OFFERED = 12;

/** Asks which connections a key opens: all, or those that are ticked. What is ticked stays listed, whatever is searched for. */
export function ConnectionChoice({ connections }: { readonly connections: readonly ConnectionView[] }): ReactNode {
  const [some, setSome] = useState(false);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const [typed, setTyped] = useState('');
  const found = matching(connections, typed);
  const first = new Set(found.slice(0, OFFERED));
  // In the order of the connections, so that nothing jumps when it is ticked.
  const offered = connections.filter((connection) => first.has(connection) || ticked.has(connection.id));
  const more = found.filter((connection) => !offered.includes(connection)).length;
  const tick = (id: string, on: boolean): void => {
    const next = new Set(ticked);
    if (on) next.add(id);
    else next.delete(id);
    setTicked(next);
  };
  return (
    <fieldset className="choices">
      <legend className="field-label">For which connections?</legend>
      <CheckField kind="radio" name="which" value="all" label="All, also those that you add later" checked onChange={() => setSome(false)} />
      <CheckField kind="radio" name="which" value="some" label="Only these:" onChange={() => setSome(true)} />
      {some ? (
        <div className="choices-inner">
          {connections.length > OFFERED ? <input className="field-input" type="search" aria-label="Search connections" placeholder={`Search ${connections.length} connections`} autoComplete="off" spellCheck={false} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} onKeyDown={(event) => (event.key === 'Enter' ? event.preventDefault() : undefined)} /> : null}
          {offered.map(({ id, label }) => (
            <CheckField key={id} name="connections" value={id} label={label} checked={ticked.has(id)} onChange={(on) => tick(id, on)} />
          ))}
          {more > 0 ? <p className="field-hint">And {more} more: type a part of their name.</p> : null}
        </div>
      ) : null}
    </fieldset>
  );
}
