import { basename } from 'node:path';
import { allAlerts } from '../contract/all-alerts.ts';
import type { Outcome } from '../contract/outcome.ts';
import type { Handlers } from '../contract/window-api.ts';
import type { Channel } from '../contract/window-channels.ts';
import type { HistoryEntry, WindowView } from '../contract/window-view.ts';
import type { Clock } from '../core/ports.ts';
import { trayView } from '../core/tray/tray.ts';
import type { Keeper } from '../keeper/api.ts';
import { type Answered, answersOf } from './answering.ts';
import { OwnerActions } from './owner-actions.ts';
import { type Desks, ownerHandlers } from './owner-handlers.ts';

/** What a window in a browser shows and asks. */
export interface ServerWindowOptions {
  readonly keeper: Keeper;
  readonly desks: Desks;
  /** What happened lately, newest first: on one connection, or with null everywhere. */
  readonly history: (connection: string | null) => readonly HistoryEntry[];
  readonly version: string;
  readonly clock: Clock;
  /** How things are may have changed. */
  readonly onChange: () => void;
}

/** One owner's window. What they pasted and have not confirmed is theirs alone. */
export interface OwnerWindow {
  answer(channel: Channel, request: unknown): Promise<Answered>;
  /** Nobody looks at it any more. */
  left(): void;
  /** It asks nothing more. */
  ended(): void;
}

/** The windows of a program without a screen, each in somebody's browser. */
export class ServerWindows {
  readonly #options: ServerWindowOptions;
  readonly #open = new Set<OwnerActions>();

  constructor(options: ServerWindowOptions) {
    this.#options = options;
    options.keeper.onChange(options.onChange);
  }

  /** How things are, for all of them. */
  readonly view = (): WindowView => {
    const { keeper, desks, version } = this.#options;
    const status = keeper.status();
    return {
      status,
      busy: [...new Set([...this.#open].flatMap(({ busy }) => busy))],
      gateway: desks.gateway.view(),
      deliveries: desks.deliveries.list(),
      app: {
        version,
        surface: 'browser',
        look: trayView(status.connections, { vaultLocked: status.vault.locked, alerts: allAlerts(status) }).state,
        startsAtLogin: null,
        notificationsPausedUntil: null,
        notificationTrouble: null,
        canShowTrayIcon: false,
      },
    };
  };

  readonly open = (): OwnerWindow => {
    const { keeper, clock, onChange } = this.#options;
    const actions = new OwnerActions(keeper, clock, onChange);
    const answers = answersOf(this.#handlers(actions));
    this.#open.add(actions);
    return {
      answer: async (channel, request) => {
        const answered = await answers[channel](request);
        // Keys and deliveries tell nobody of their changes.
        if (channel !== 'view' && channel !== 'history') onChange();
        return answered;
      },
      left: () => actions.forgetUnconfirmed(),
      ended: () => {
        actions.forgetUnconfirmed();
        this.#open.delete(actions);
      },
    };
  };

  /** Lets go of what has waited too long for a yes. Call it now and then. */
  dropExpired(): void {
    for (const actions of this.#open) actions.dropExpired();
  }

  #handlers(actions: OwnerActions): Handlers {
    const { history, desks } = this.#options;
    return {
      view: this.view,
      history: ({ connection }) => history(connection),
      ...ownerHandlers(actions, desks),
      setCommand: () => NOT_HERE.setCommand,
      addEnvDelivery: ({ file, ...request }) => {
        if (file === null) return NO_DIALOG;
        return isNamedAsEnv(file) ? desks.deliveries.addEnvFile({ ...request, file }) : NO_ENV_NAME;
      },
      importEnvFile: () => NOT_HERE.importEnvFile,
      openLink: () => NOT_HERE.openLink,
      showTrayIcon: () => NOT_HERE.showTrayIcon,
      setStartAtLogin: () => NOT_HERE.setStartAtLogin,
      pauseNotifications: () => NOT_HERE.pauseNotifications,
    };
  }
}

const NO_DIALOG = refused('no-file-dialog', 'A page in a browser cannot choose a file of the computer where Evertoken runs. Type the whole path of the .env file.');

// A page that was taken over must not have a token written into any file that it can name.
const NO_ENV_NAME = refused('no-env-name', 'From this page Evertoken writes only into files that are named .env, .env.SOMETHING or SOMETHING.env. For a file of another name type on the computer where Evertoken runs: npx evertoken deliveries add FILE');

/** What a program without a screen cannot do, and what an owner does instead. */
const NOT_HERE = {
  // A page that was taken over must not have a program run; no dialog of the system's could ask for a yes here.
  setCommand: refused('command-line-only', 'Which program runs after a delivery is set on the command line of the computer where Evertoken runs: npx evertoken deliveries command -- PROGRAM ARGUMENTS'),
  importEnvFile: refused('no-file-dialog', 'A page in a browser cannot choose a file of the computer where Evertoken runs. Paste what stands in the .env file instead.'),
  openLink: refused('no-browser-here', 'Evertoken runs without a screen and opens no pages there. Open the address in your browser.'),
  showTrayIcon: refused('no-tray', 'Evertoken runs without a screen here, so it has no tray icon.'),
  setStartAtLogin: refused('no-login-item', 'Evertoken runs without a screen here, so nobody logs in. The system\'s own services start it; docs/server.md says how.'),
  pauseNotifications: refused('no-notifications', 'Evertoken runs without a screen here, so it shows no notifications. What it has to say stands on this page.'),
} satisfies Partial<Record<Channel, Outcome>>;

function isNamedAsEnv(file: string): boolean {
  const name = basename(file);
  return name.startsWith('.env.') || name.endsWith('.env');
}

function refused(code: string, message: string): Outcome {
  return { ok: false, code, message, connection: null, details: [] };
}
