import type { ReactNode } from 'react';
import type { DeliveryView } from '../../../src-main/contract/deliveries.ts';
import type { AppView } from '../../../src-main/contract/window-view.ts';
import { useParts } from '../../app/window-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { DeliveryRow } from './delivery-row.tsx';

interface Props {
  readonly connection: string;
  readonly command: DeliveryView | null;
  readonly hasFiles: boolean;
  readonly surface: AppView['surface'];
}

/** What is run after the files of a connection were written. */
export function CommandPart({ connection, command, hasFiles, surface }: Props): ReactNode {
  const { openDialog } = useParts();
  // Where nothing is written there is nothing to run something after.
  if (command === null && !hasFiles) return null;
  return (
    <section className="part">
      <h4 className="part-title">After each delivery</h4>
      {command === null ? <p className="part-lead">Nothing is run. A bot that reads its file only at its start must be started again by you.</p> : <DeliveryRow delivery={command} />}
      {surface === 'browser' ? (
        // No page in a browser may have a program run, and no dialog of the system's could ask for a yes there.
        <p className="part-lead">
          A command is set on the computer where Evertoken runs: <code>npx evertoken deliveries command -- PROGRAM ARGUMENTS</code>
        </p>
      ) : (
        <Button className="part-button" onClick={() => openDialog({ kind: 'set-command', connection })}>
          {command === null ? 'Run a command…' : 'Change the command…'}
        </Button>
      )}
    </section>
  );
}
