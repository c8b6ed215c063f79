import type { RecordedElectron } from './recorded-electron.ts';
import { wrapMethod } from './wrap.ts';

/** Something that crossed between main process and window. */
export interface IpcCrossing {
  readonly channel: string;
  readonly kind: 'request' | 'answer' | 'refusal' | 'event';
  /** The argument list, the result or the error, as JSON. */
  readonly json: string;
}

/** Who a synthetic call seems to come from. */
export interface FalseSender {
  readonly url: string;
  readonly isMainFrame: boolean;
  /** Its frame is gone. */
  readonly destroyed?: boolean;
  /** It is not the app's window that calls. */
  readonly foreign?: boolean;
}

/** How a synthetic call ended. */
export type InvokeOutcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: string };

type Handler = (event: object, ...args: unknown[]) => unknown;

/** Looking at what crosses between window and main process, and calling as somebody else. */
export interface IpcRecord {
  channels(): readonly string[];
  ipcTraffic(): readonly IpcCrossing[];
  /** Calls the app's own handler as if a frame like this had asked. Such calls are not part of the traffic. */
  invokeAs(channel: string, from: FalseSender, args: readonly unknown[]): Promise<InvokeOutcome>;
}

/** Watches the channels and everything that crosses them. */
export function createIpcRecord({ ipcMain, app, BrowserWindow }: RecordedElectron): IpcRecord {
  const handlers = new Map<string, Handler>();
  const crossings: IpcCrossing[] = [];
  const note = (channel: string, kind: IpcCrossing['kind'], value: unknown): void => void crossings.push({ channel, kind, json: JSON.stringify(value) ?? 'undefined' });

  wrapMethod(ipcMain, 'handle', (original) => (channel: string, handler: Handler) => {
    if (typeof handler !== 'function') {
      original.call(ipcMain, channel, handler);
      return;
    }
    const watched: Handler = async (event, ...args) => {
      note(channel, 'request', args);
      try {
        const value = await handler(event, ...args);
        note(channel, 'answer', value);
        return value;
      } catch (error) {
        note(channel, 'refusal', String(error));
        throw error;
      }
    };
    original.call(ipcMain, channel, watched);
    handlers.set(channel, handler);
  });
  wrapMethod(ipcMain, 'removeHandler', (original) => (channel: string) => {
    original.call(ipcMain, channel);
    handlers.delete(channel);
  });
  app.on('web-contents-created', (_event, contents) => {
    wrapMethod(contents, 'send', (original) => (channel: string, ...args: unknown[]) => {
      note(channel, 'event', args);
      original.call(contents, channel, ...args);
    });
  });

  const senderFor = (from: FalseSender): { sender: object; senderFrame: object | null } => {
    const window = BrowserWindow.getAllWindows().find((candidate) => !candidate.isDestroyed());
    const sender = from.foreign === true || window === undefined ? { id: -1, isDestroyed: () => false, mainFrame: null } : window.webContents;
    if (from.destroyed === true) return { sender, senderFrame: null };
    const mainFrame = from.foreign === true ? null : (window?.webContents.mainFrame ?? null);
    if (from.isMainFrame && mainFrame !== null && mainFrame.url === from.url) return { sender, senderFrame: mainFrame };
    const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(from.url)?.[0] ?? 'null';
    const frame: Record<string, unknown> = { url: from.url, origin, processId: 1, routingId: 2, frameTreeNodeId: 99_999, detached: false, isDestroyed: () => false };
    const above = from.isMainFrame ? null : (mainFrame ?? { url: from.url, origin, parent: null });
    return { sender, senderFrame: Object.assign(frame, { parent: above, top: above ?? frame }) };
  };

  return {
    channels: (): readonly string[] => [...handlers.keys()],
    ipcTraffic: (): readonly IpcCrossing[] => [...crossings],
    invokeAs: async (channel: string, from: FalseSender, args: readonly unknown[]): Promise<InvokeOutcome> => {
      const handler = handlers.get(channel);
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
      const event = { type: 'frame', frameId: 2, processId: 1, preventDefault: () => undefined, defaultPrevented: false, ...senderFor(from) };
      try {
        return { ok: true, value: await handler(event, ...args) };
      } catch (error) {
        return { ok: false, error: String(error) };
      }
    },
  };
}
