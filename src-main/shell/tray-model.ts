import type { StatusAnswer } from '../contract/status.ts';
import { allAlerts } from '../contract/all-alerts.ts';
import { showsInTray, type TrayState, trayView } from '../core/tray/tray.ts';
import type { TrayModel } from './app-tray.ts';

/** What the tray is made of besides the status. */
export interface TraySurroundings {
  readonly busy: readonly string[];
  /** ms since 1970; null while notifications are shown. */
  readonly pausedUntil: number | null;
  readonly startsAtLogin: boolean | null;
  readonly platform: NodeJS.Platform;
}

/** The tray for how things are: the worst connection decides, and is named where it is not the only one. */
export function trayModel(status: StatusAnswer, { busy, pausedUntil, startsAtLogin, platform }: TraySurroundings): TrayModel {
  const { connections, vault } = status;
  const view = trayView(connections, { vaultLocked: vault.locked, alerts: allAlerts(status) });
  return {
    view,
    menu: {
      stateLine: view.menuLine,
      detailLine: detailOf(status, view.state),
      connections: connections.map(({ id, label }) => ({ id, label, busy: busy.includes(id) })),
      pausedUntil,
      startsAtLogin,
      canShowAgain: platform === 'linux',
    },
  };
}

/** The tray before anything is known. */
export function trayBeforeStart(platform: NodeJS.Platform): TrayModel {
  const waiting = { health: 'unknown', reasonCodes: ['not-checked'], lifeLeft: null } as const;
  const view = trayView([waiting]);
  return { view, menu: { stateLine: view.menuLine, detailLine: null, connections: [], pausedUntil: null, startsAtLogin: null, canShowAgain: platform === 'linux' } };
}

/** What is behind the state: the reason of the connection that decides, an alert, or what the vault has to say. */
function detailOf(status: StatusAnswer, state: TrayState): string | null {
  const { connections, vault } = status;
  const shown = connections.find(({ look }) => look === state);
  if (shown === undefined) return allAlerts(status).find((alert) => showsInTray(alert) && (alert.severity === 'urgent' ? 'urgent' : 'soon') === state)?.text ?? vault.note;
  return `${connections.length > 1 ? `${shown.label}: ` : ''}${shown.reasons[0] ?? ''}`;
}
