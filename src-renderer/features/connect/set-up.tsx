import type { ReactNode } from 'react';
import { WindowDialog } from '../../ui/dialog.tsx';
import { SetUpForm } from './set-up-form.tsx';

const KEPT = {
  keychain: 'It stays on this computer, in your system’s keychain, and is sent to nobody but Meta.',
  memory: 'It stays on this computer, in memory only, and is sent to nobody but Meta.',
  file: 'It stays on this computer, in your encrypted vault file, and is sent to nobody but Meta.',
} as const;

/** Where a token is kept. */
export type VaultKind = keyof typeof KEPT;

function promise(vault: VaultKind): string {
  return `Evertoken renews your bot’s WhatsApp token in good time, and tells you early when only you can help. ${KEPT[vault]}`;
}

/** The first screen, as long as nothing is connected. */
export function SetUp({ vault }: { readonly vault: VaultKind }): ReactNode {
  return (
    <section className="card set-up" aria-labelledby="set-up-title">
      <h2 className="set-up-title" id="set-up-title">
        Connect your bot’s token
      </h2>
      <p className="set-up-lead">{promise(vault)}</p>
      <SetUpForm onDone={() => undefined} />
    </section>
  );
}

/** The same for one more connection. */
export function SetUpDialog({ vault, onClose }: { readonly vault: VaultKind; readonly onClose: () => void }): ReactNode {
  return (
    <WindowDialog title="Add a connection" description={promise(vault)} onClose={onClose}>
      <SetUpForm onDone={onClose} />
    </WindowDialog>
  );
}
