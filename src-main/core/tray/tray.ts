import type { AlertCode } from '../alerts/alert.ts';
import type { Health } from '../health/health.ts';

/** The eight looks of the tray icon. */
export type TrayState = 'needs-set-up' | 'checking' | 'healthy' | 'soon' | 'urgent' | 'broken' | 'unreachable' | 'keychain-locked';

/** One row of the tray table: the same state in shape, colour and words, so that colour is never the only signal. */
export interface TrayRow {
  readonly glyph: 'plug' | 'dots' | 'tick' | 'clock' | 'exclamation' | 'cross' | 'waves' | 'padlock';
  readonly colour: 'grey' | 'green' | 'yellow' | 'orange' | 'red';
  readonly tooltip: string;
  /** The first, disabled line of the menu. */
  readonly menuLine: string;
  /** Whether the ring round the glyph shows how near the deadline is. */
  readonly ring: boolean;
}

/** State → icon, tooltip, first menu line. */
export const TRAY_TABLE: Record<TrayState, TrayRow> = {
  'needs-set-up': { glyph: 'plug', colour: 'grey', tooltip: 'Evertoken: not set up yet', menuLine: 'Not set up yet: open Evertoken to paste a token', ring: false },
  checking: { glyph: 'dots', colour: 'grey', tooltip: 'Evertoken: checking', menuLine: 'Checking with Meta …', ring: false },
  healthy: { glyph: 'tick', colour: 'green', tooltip: 'Evertoken: all is well', menuLine: 'Your WhatsApp token is fine', ring: false },
  soon: { glyph: 'clock', colour: 'yellow', tooltip: 'Evertoken: something to do within days', menuLine: 'Something to do within days', ring: true },
  urgent: { glyph: 'exclamation', colour: 'orange', tooltip: 'Evertoken: please act now', menuLine: 'Please act now', ring: true },
  broken: { glyph: 'cross', colour: 'red', tooltip: 'Evertoken: your bot cannot send', menuLine: 'Your bot cannot send: a new token is needed', ring: false },
  unreachable: { glyph: 'waves', colour: 'grey', tooltip: 'Evertoken: Meta cannot be reached', menuLine: 'Meta cannot be reached; Evertoken keeps trying', ring: true },
  'keychain-locked': { glyph: 'padlock', colour: 'grey', tooltip: 'Evertoken: the keychain is locked', menuLine: 'Unlock your keychain, please', ring: false },
};

/** What the tray needs to know about one connection. */
export interface TrayConnection {
  readonly health: Health;
  readonly reasonCodes: readonly string[];
  /** Share of life left until the deadline, 0 to 1; null where no deadline matters. */
  readonly lifeLeft: number | null;
}

/** What the tray shows: a row of the table, and the ring in eighths (0 empty to 8 full; null without a ring). */
export interface TrayView extends TrayRow {
  readonly state: TrayState;
  readonly ringEighths: number | null;
}

// From worst to best: with several connections the worst one shows.
const PRECEDENCE: readonly TrayState[] = ['broken', 'urgent', 'keychain-locked', 'soon', 'unreachable', 'checking', 'healthy', 'needs-set-up'];

/** What the tray needs to know about an alert. */
export interface TrayAlert {
  readonly code: string;
  readonly severity: 'warning' | 'urgent';
  /** Null while the owner has not seen to it. */
  readonly acknowledgedAt: unknown;
}

/** Alerts about what no connection's health tells: the token is well, and the bot may be without it all the same. */
const AROUND: ReadonlySet<string> = new Set<AlertCode>(['call-refused', 'delivery-failed', 'changed-by-hand', 'command-failed', 'gateway-trouble']);

/** Whether an alert shows in the tray by itself, besides the health of its connection, until the owner acknowledges it. */
export function showsInTray({ code, acknowledgedAt }: TrayAlert): boolean {
  return AROUND.has(code) && acknowledgedAt === null;
}

/**
 * The tray for all connections together. `vaultLocked`: the keychain is locked though the tokens are in memory; that
 * counts like one more connection with this look, and so does each of the alerts that show in the tray.
 */
export function trayView(connections: readonly TrayConnection[], { vaultLocked = false, alerts = [] }: { readonly vaultLocked?: boolean; readonly alerts?: readonly TrayAlert[] } = {}): TrayView {
  const shown: { readonly state: TrayState; readonly lifeLeft: number | null }[] = connections.map((connection) => ({ state: trayStateOf(connection), lifeLeft: connection.lifeLeft }));
  if (vaultLocked) shown.push({ state: 'keychain-locked', lifeLeft: null });
  for (const alert of alerts) if (showsInTray(alert)) shown.push({ state: alert.severity === 'urgent' ? 'urgent' : 'soon', lifeLeft: null });
  const worst = shown.toSorted((a, b) => PRECEDENCE.indexOf(a.state) - PRECEDENCE.indexOf(b.state) || (a.lifeLeft ?? 1) - (b.lifeLeft ?? 1))[0];
  const state = worst?.state ?? 'needs-set-up';
  const row = TRAY_TABLE[state];
  const lifeLeft = worst?.lifeLeft ?? null;
  return { ...row, state, ringEighths: row.ring && lifeLeft !== null ? Math.ceil(Math.min(1, Math.max(0, lifeLeft)) * 8) : null };
}

/** Which look stands for a connection. */
export function trayStateOf({ health, reasonCodes }: Pick<TrayConnection, 'health' | 'reasonCodes'>): TrayState {
  switch (health) {
    case 'healthy':
    case 'soon':
    case 'urgent':
    case 'unreachable':
      return health;
    case 'expired':
    case 'revoked':
    case 'access-lost':
      return 'broken';
    case 'unknown':
      if (reasonCodes.includes('keychain-locked') || reasonCodes.includes('keychain-unavailable')) return 'keychain-locked';
      if (reasonCodes.includes('secret-lost')) return 'broken';
      return reasonCodes.includes('no-token') ? 'needs-set-up' : 'checking';
  }
}
