import type { ReactNode } from 'react';
import type { DeliveryView } from '../../../src-main/contract/deliveries.ts';
import { useParts } from '../../app/window-parts.tsx';
import { Button } from '../../ui/button.tsx';
import { DeliveryRow } from './delivery-row.tsx';
import { Paged } from './paged.tsx';

interface Props {
  readonly connection: string;
  readonly files: readonly DeliveryView[];
}

/** The `.env` files that a connection's token is written into. */
export function FilesPart({ connection, files }: Props): ReactNode {
  const { openDialog } = useParts();
  return (
    <section className="part">
      <h4 className="part-title">In .env files</h4>
      {files.length === 0 ? <p className="part-lead">Evertoken writes this token into no file yet.</p> : null}
      <Paged items={files} more="files" className="rows">
        {(file) => (
          <li key={file.id}>
            <DeliveryRow delivery={file} />
          </li>
        )}
      </Paged>
      <Button className="part-button" onClick={() => openDialog({ kind: 'add-file', connection })}>
        Add a file…
      </Button>
    </section>
  );
}
