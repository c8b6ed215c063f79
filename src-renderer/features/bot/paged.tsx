import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';

/** So many are drawn at first, and so many more each time: a thousand rows help nobody and cost time. */
const PAGE = 20;

interface Props<Item> {
  readonly items: readonly Item[];
  /** What they are called, after “Show 20 more”. */
  readonly more: string;
  readonly className: string;
  readonly children: (item: Item) => ReactNode;
}

/** A list of which only the beginning is drawn until the owner asks for more. */
export function Paged<Item>({ items, more, className, children }: Props<Item>): ReactNode {
  const [most, setMost] = useState(PAGE);
  if (items.length === 0) return null;
  const rest = items.length - most;
  return (
    <>
      <ul className={className}>{items.slice(0, most).map((item) => children(item))}</ul>
      {rest > 0 ? (
        <Button className="part-button" onClick={() => setMost(most + PAGE)}>
          Show {rest > PAGE ? `${PAGE} more of ${rest}` : `${rest} more`} {more}
        </Button>
      ) : null}
    </>
  );
}
