import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import type { z } from 'zod';
import type { AnswerOf, CheckedRequestOf } from '../contract/window-api.ts';
import { type Channel, CHANNELS, ipcName } from '../contract/window-channels.ts';
import { type ChannelRow, WINDOW_TABLE } from '../contract/window-table.ts';
import type { Log } from '../core/ports.ts';
import { WINDOW_ORIGIN } from './app-identity.ts';

/** What main does on each channel. The request has passed its schema; a failure is an outcome, not an exception. */
export type Handlers = { readonly [Name in Channel]: (request: CheckedRequestOf<Name>) => AnswerOf<Name> | Promise<AnswerOf<Name>> };

/** What is checked before a handler hears of a call. */
export interface Gatekeeper {
  /** Whether a page is that of our window, as it is now. */
  readonly owns: (contents: IpcMainInvokeEvent['sender']) => boolean;
  readonly log: Log;
}

/**
 * Answers the window. This is the only file that knows `ipcMain`: every channel of the contract passes through the same
 * checks, and there is no other channel. A call that is refused rejects in the page and stands in the log as an error.
 */
export function serveIpc(handlers: Handlers, gate: Gatekeeper): void {
  const answers = {
    view: checked(WINDOW_TABLE.view, handlers.view),
    history: checked(WINDOW_TABLE.history, handlers.history),
    connect: checked(WINDOW_TABLE.connect, handlers.connect),
    importEnvFile: checked(WINDOW_TABLE.importEnvFile, handlers.importEnvFile),
    refresh: checked(WINDOW_TABLE.refresh, handlers.refresh),
    check: checked(WINDOW_TABLE.check, handlers.check),
    replace: checked(WINDOW_TABLE.replace, handlers.replace),
    confirmReplace: checked(WINDOW_TABLE.confirmReplace, handlers.confirmReplace),
    forgetReplace: checked(WINDOW_TABLE.forgetReplace, handlers.forgetReplace),
    chooseNumber: checked(WINDOW_TABLE.chooseNumber, handlers.chooseNumber),
    remove: checked(WINDOW_TABLE.remove, handlers.remove),
    acknowledge: checked(WINDOW_TABLE.acknowledge, handlers.acknowledge),
    openLink: checked(WINDOW_TABLE.openLink, handlers.openLink),
    showTrayIcon: checked(WINDOW_TABLE.showTrayIcon, handlers.showTrayIcon),
    setStartAtLogin: checked(WINDOW_TABLE.setStartAtLogin, handlers.setStartAtLogin),
    pauseNotifications: checked(WINDOW_TABLE.pauseNotifications, handlers.pauseNotifications),
  } satisfies Record<Channel, Answering>;
  for (const name of CHANNELS) {
    ipcMain.handle(ipcName(name), async (event, ...args: unknown[]) => {
      const complaint = senderComplaint(event, gate) ?? (args.length > 1 ? 'it has too many arguments' : null);
      const answered = complaint === null ? await answers[name](args[0]) : { refused: complaint };
      if (!('refused' in answered)) return answered.value;
      gate.log.write('error', 'ipc-refused', { channel: name, why: answered.refused });
      throw new Error(`Evertoken refused this call: ${answered.refused}.`);
    });
  }
}

type Answering = (request: unknown) => Promise<{ readonly value: unknown } | { readonly refused: string }>;

/** A handler behind its schema. */
function checked<Schema extends z.ZodType, Answer>({ request: schema }: ChannelRow<Schema, Answer>, handler: (request: z.output<Schema>) => Answer | Promise<Answer>): Answering {
  return async (request) => {
    const parsed = schema.safeParse(request);
    if (parsed.success) return { value: await handler(parsed.data) };
    // What is wrong is named by its field; what it held may be a secret.
    const field = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
    return { refused: field === '' ? 'its request is not what it should be' : `the field "${field}" is not what it should be` };
  };
}

function senderComplaint({ sender, senderFrame }: IpcMainInvokeEvent, { owns }: Gatekeeper): string | null {
  // Null once the frame has gone or moved on: nobody is left to hear the answer.
  if (senderFrame === null || sender.isDestroyed()) return 'its page is gone';
  if (!owns(sender)) return 'it is not from our window';
  if (senderFrame.parent !== null) return 'it is not from the main frame';
  // The origin of the frame itself, and its address, since an opaque origin says little.
  return senderFrame.origin === WINDOW_ORIGIN && senderFrame.url.startsWith(`${WINDOW_ORIGIN}/`) ? null : 'it is from another origin';
}
