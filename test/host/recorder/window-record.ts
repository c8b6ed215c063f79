import type { RecordedElectron } from './recorded-electron.ts';

/** A window that the app has made. */
export interface WindowView {
  readonly id: number;
  readonly visible: boolean;
  readonly focused: boolean;
  readonly title: string;
  readonly url: string;
  readonly destroyed: boolean;
  /** Which addresses of this machine its page may learn and use through WebRTC. */
  readonly webRtcPolicy: string;
}

/** Looking at windows and closing one. */
export interface WindowRecord {
  windows(): readonly WindowView[];
  /** The owner's click on the X of the newest window. */
  closeWindow(): void;
}

/** Watches windows, the gone ones too. */
export function createWindowRecord({ app }: RecordedElectron): WindowRecord {
  const windows: { readonly id: number; readonly window: Electron.BrowserWindow }[] = [];
  app.on('browser-window-created', (_event, window) => void windows.push({ id: window.id, window }));

  return {
    windows: (): readonly WindowView[] =>
      windows.map(({ id, window }) =>
        window.isDestroyed()
          ? { id, visible: false, focused: false, title: '', url: '', destroyed: true, webRtcPolicy: '' }
          : { id, visible: window.isVisible(), focused: window.isFocused(), title: window.getTitle(), url: window.webContents.getURL(), destroyed: false, webRtcPolicy: window.webContents.getWebRTCIPHandlingPolicy() },
      ),
    closeWindow: (): void => {
      const newest = windows.findLast(({ window }) => !window.isDestroyed());
      if (newest === undefined) throw new Error('There is no open window.');
      newest.window.close();
    },
  };
}
