import type { ReactNode } from 'react';
import type { KeyView } from '../../../src-main/contract/keys.ts';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import { ConfirmDialog } from '../../app/confirm-dialog.tsx';
import { useMainClock } from '../../app/window-parts.tsx';
import { relativeWords } from '../../ui/times.ts';
import { placesWords } from './key-row.tsx';
import { GATEWAY_PLACE } from './places.ts';
import { rightsWords } from './rights.ts';

interface Props {
  readonly view: KeyView;
  readonly connections: readonly ConnectionView[];
  readonly onClose: () => void;
}

/** Asks before a key is revoked, and says what stops working. */
export function RevokeDialog({ view, connections, onClose }: Props): ReactNode {
  const { id, name, rights, lastUsedAt } = view;
  const now = useMainClock();
  const labels = new Map(connections.map((connection) => [connection.id, connection.label]));
  return (
    <ConfirmDialog title={`Revoke the key “${name}”?`} yes="Revoke" no="Keep it" progress="Revoking…" place={GATEWAY_PLACE} toldAt={GATEWAY_PLACE} what="key" act={(bridge) => bridge.revokeKey({ id })} takesOpener onClose={onClose}>
      <p>
        At once, whoever holds this key can no longer {rightsWords(rights).replaceAll(', ', ' or ')}, for {placesWords(view.connections, labels)}. A revoked key never opens anything again.
      </p>
      <p>{lastUsedAt === null ? 'It was never used.' : `It was last used ${relativeWords(lastUsedAt, now)}: a bot that still needs it stops working until you give it another key.`}</p>
    </ConfirmDialog>
  );
}
