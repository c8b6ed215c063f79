import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import type { AppView } from '../../../src-main/contract/window-view.ts';
import { useAsk } from '../../app/use-ask.ts';
import { useMainClock } from '../../app/window-parts.tsx';
import { Glyph } from '../../ui/glyph.tsx';
import { clockOrDayWords } from '../../ui/times.ts';

/** What only a desktop has: a login, notifications, a tray. Nothing of it can be reached from a page in a browser. */
export function DesktopItems({ app }: { readonly app: AppView }): ReactNode {
  const ask = useAsk();
  const now = useMainClock();
  const pause = (until: 'hour' | 'tomorrow' | 'now'): void => ask(null, 'settings', (bridge) => bridge.pauseNotifications({ until }));
  return (
    <>
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
    </>
  );
}
