import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import type { AppView } from '../../../src-main/contract/window-view.ts';
import { useAsk } from '../../app/use-ask.ts';
import { useMainClock, useParts } from '../../app/window-parts.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { Icon } from '../../ui/icons.tsx';
import { clockOrDayWords } from '../../ui/times.ts';
import './app-menu.css';

interface Props {
  readonly app: AppView;
  /** Not where the window asks for the first connection anyway. */
  readonly offersConnection: boolean;
}

/** What concerns Evertoken itself. */
export function AppMenu({ app, offersConnection }: Props): ReactNode {
  const { openDialog } = useParts();
  const ask = useAsk();
  const now = useMainClock();
  const pause = (until: 'hour' | 'tomorrow' | 'now'): void => ask(null, 'settings', (bridge) => bridge.pauseNotifications({ until }));
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
        {app.startsAtLogin === null ? null : (
          <>
            <DropdownMenu.CheckboxItem className="menu-item" checked={app.startsAtLogin} onCheckedChange={(enabled) => ask(null, 'settings', (bridge) => bridge.setStartAtLogin({ enabled }))}>
              <span className="menu-check">
                <DropdownMenu.ItemIndicator>
                  <Glyph name="tick" size={16} />
                </DropdownMenu.ItemIndicator>
              </span>
              Start at login
            </DropdownMenu.CheckboxItem>
            <DropdownMenu.Separator className="menu-line" />
          </>
        )}
        <DropdownMenu.Group>
          <DropdownMenu.Label className="menu-label">{app.notificationsPausedUntil === null ? 'Pause notifications' : `Notifications paused until ${clockOrDayWords(app.notificationsPausedUntil, now)}`}</DropdownMenu.Label>
          {app.notificationsPausedUntil === null ? null : (
            <DropdownMenu.Item className="menu-item" onSelect={() => pause('now')}>
              Show them again
            </DropdownMenu.Item>
          )}
          <DropdownMenu.Item className="menu-item" onSelect={() => pause('hour')}>
            For 1 hour
          </DropdownMenu.Item>
          <DropdownMenu.Item className="menu-item" onSelect={() => pause('tomorrow')}>
            Until tomorrow
          </DropdownMenu.Item>
        </DropdownMenu.Group>
        {app.canShowTrayIcon ? (
          <>
            <DropdownMenu.Separator className="menu-line" />
            <DropdownMenu.Item className="menu-item" onSelect={() => ask(null, 'settings', (bridge) => bridge.showTrayIcon({}))}>
              Show the tray icon again
            </DropdownMenu.Item>
          </>
        ) : null}
        <DropdownMenu.Separator className="menu-line" />
        <DropdownMenu.Label className="menu-label">Evertoken {app.version}</DropdownMenu.Label>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
