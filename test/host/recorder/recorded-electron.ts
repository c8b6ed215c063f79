/// <reference types="electron" />

/** What the recorder touches of the `electron` module. */
export type RecordedElectron = Pick<typeof Electron.CrossProcessExports, 'app' | 'Tray' | 'Menu' | 'Notification' | 'nativeImage' | 'nativeTheme' | 'powerMonitor' | 'ipcMain' | 'net' | 'shell' | 'dialog' | 'BrowserWindow'>;
