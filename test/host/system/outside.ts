// What leaves the app for the desktop around it. Nothing does here: the recorder remembers each call.

/** `shell`. */
export const hostShell = {
  openExternal: (url: string): Promise<void> => (URL.canParse(url) ? Promise.resolve() : Promise.reject(new Error('Invalid URL'))),
  openPath: (_path: string): Promise<string> => Promise.resolve(''),
  showItemInFolder: (_path: string): void => undefined,
  beep: (): void => undefined,
} satisfies Pick<Electron.Shell, 'openExternal' | 'openPath' | 'showItemInFolder' | 'beep'>;

/** `dialog`: an owner who cancels everything, unless the test has queued an answer with the recorder. */
export const hostDialog = {
  showErrorBox: (title: string, content: string): void => void process.stderr.write(`${title}\n${content}\n`),
  showOpenDialog: (..._args: unknown[]): Promise<Electron.OpenDialogReturnValue> => Promise.resolve({ canceled: true, filePaths: [] }),
  showMessageBox: (..._args: unknown[]): Promise<Electron.MessageBoxReturnValue> => Promise.resolve({ response: 0, checkboxChecked: false }),
} satisfies Pick<Electron.Dialog, 'showErrorBox' | 'showOpenDialog' | 'showMessageBox'>;

let clipboardText = '';

/** `clipboard`: one of this process's own, so that tests at the same time do not meet. Asynchronous since Electron 44. */
export const hostClipboard = {
  readText: (): Promise<string> => Promise.resolve(clipboardText),
  writeText: (text: string): Promise<void> => {
    clipboardText = text;
    return Promise.resolve();
  },
  clear: (): void => {
    clipboardText = '';
  },
} satisfies Pick<Electron.Clipboard, 'readText' | 'writeText' | 'clear'>;
