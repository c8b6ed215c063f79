import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';
import { focusAfter, useOpener } from './opener.ts';
import './dialog.css';

interface Props {
  readonly title: string;
  readonly description: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog that is open as long as it is rendered. */
export function WindowDialog({ title, description, onClose, children }: Props): ReactNode {
  const opener = useOpener();
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-cover">
          <Dialog.Content className="dialog" onCloseAutoFocus={(event) => focusAfter(event, opener)} onPointerDownOutside={(event) => event.preventDefault()}>
            <div className="dialog-head">
              <Dialog.Title className="dialog-title">{title}</Dialog.Title>
              <Dialog.Close className="button button-quiet button-icon" aria-label="Close">
                <Icon name="close" size={18} />
              </Dialog.Close>
            </div>
            <Dialog.Description className="dialog-lead">{description}</Dialog.Description>
            {children}
          </Dialog.Content>
        </Dialog.Overlay>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
