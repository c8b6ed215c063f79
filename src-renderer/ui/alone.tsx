import type { ReactNode } from 'react';
import { Mark } from './mark.tsx';
import './alone.css';

/** One sentence in an otherwise empty window. */
export function Alone({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <main className="alone">
      <h1 className="alone-name">
        <Mark />
        Evertoken
      </h1>
      {children}
    </main>
  );
}
