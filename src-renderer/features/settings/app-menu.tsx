import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import type { AppView } from '../../../src-main/contract/window-view.ts';
import { useParts } from '../../app/window-parts.tsx';
import { Icon } from '../../ui/icons.tsx';
import { DesktopItems } from './desktop-items.tsx';
import './app-menu.css';

interface Props {
  readonly app: AppView;
  /** Not where the window asks for the first connection anyway. */
  readonly offersConnection: boolean;
}

/** What concerns Evertoken itself. */
export function AppMenu({ app, offersConnection }: Props): ReactNode {
  const { openDialog } = useParts();
  const onDesktop = app.surface === 'desktop';
  // A menu with nothing to choose is none.
  if (!onDesktop && !offersConnection) return <p className="version">Evertoken {app.version}</p>;
  return (
    // Not modal: everything else stays readable, and nothing is hidden from a screen reader while it is open.
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="button button-plain" data-focus-fallback>
        <Icon name="menu" size={18} />
        Menu
      </DropdownMenu.Trigger>
      {/* No portal: in the header it is part of a landmark, and nothing there would cut it off. */}
      <DropdownMenu.Content className="menu" align="end" sideOffset={6} collisionPadding={8}>
        {offersConnection ? (
          <>
            <DropdownMenu.Item className="menu-item" onSelect={() => openDialog({ kind: 'set-up' })}>
              Add a connection…
            </DropdownMenu.Item>
            <DropdownMenu.Separator className="menu-line" />
          </>
        ) : null}
        {onDesktop ? <DesktopItems app={app} /> : null}
        <DropdownMenu.Label className="menu-label">Evertoken {app.version}</DropdownMenu.Label>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
