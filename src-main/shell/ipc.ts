import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import type { Handlers } from '../contract/window-api.ts';
import { CHANNELS, ipcName } from '../contract/window-channels.ts';
import type { Log } from '../core/ports.ts';
import { answersOf } from '../owner/answering.ts';
import { WINDOW_ORIGIN } from './app-identity.ts';

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
  const answers = answersOf(handlers);
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

function senderComplaint({ sender, senderFrame }: IpcMainInvokeEvent, { owns }: Gatekeeper): string | null {
  // Null once the frame has gone or moved on: nobody is left to hear the answer.
  if (senderFrame === null || sender.isDestroyed()) return 'its page is gone';
  if (!owns(sender)) return 'it is not from our window';
  if (senderFrame.parent !== null) return 'it is not from the main frame';
  // The origin of the frame itself, and its address, since an opaque origin says little.
  return senderFrame.origin === WINDOW_ORIGIN && senderFrame.url.startsWith(`${WINDOW_ORIGIN}/`) ? null : 'it is from another origin';
}
