import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Desktop, removeFolder, startDesktop } from './desktop.ts';

const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A main file that uses each object once and tells on stdout what happens to it. `extra` runs inside `whenReady`. */
const mainText = (extra: string): string => `
import { app, BrowserWindow, Tray, Menu, nativeImage, Notification, ipcMain, session, protocol, shell, dialog, powerMonitor, net, nativeTheme } from 'electron';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';
const here = import.meta.dirname;
const say = (...words) => process.stdout.write(words.join(' ') + '\\n');
const prevented = new Set((process.env.SAMPLE_PREVENT ?? '').split(','));
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
const first = app.requestSingleInstanceLock({ from: process.pid });
say('lock', first);
if (!first) app.exit(7);
app.on('second-instance', (event, argv, cwd, data) => say('second', JSON.stringify({ argv: argv.slice(2), cwd, data })));
for (const name of ['before-quit', 'will-quit', 'quit']) app.on(name, (event) => { say(name); if (prevented.delete(name)) event.preventDefault(); });
if (process.env.SAMPLE_STAYS === '1') app.on('window-all-closed', () => say('window-all-closed'));
let window = null, tray = null;
const open = () => {
  window = new BrowserWindow({ show: false, width: 700, height: 500, webPreferences: { preload: join(here, 'preload.cjs'), sandbox: true, contextIsolation: true, session: session.fromPartition('sample') } });
  window.on('close', (event) => { say('close'); if (prevented.delete('close')) event.preventDefault(); });
  window.on('closed', () => say('closed'));
  window.once('ready-to-show', () => window.show());
  window.webContents.setWindowOpenHandler(({ url }) => { say('open', url); return { action: 'deny' }; });
  window.webContents.on('will-navigate', (event, url) => { say('navigate', url); if (!url.includes('/allowed')) event.preventDefault(); });
  window.webContents.on('preload-error', (event, path, error) => say('preload-error', error.message));
  void window.loadURL('app://sample/index.html?a=1').catch((error) => say('load failed', error.message));
};
app.whenReady().then(() => {
  const own = session.fromPartition('sample');
  own.setPermissionRequestHandler((contents, permission, callback) => callback(permission === 'fullscreen'));
  own.setPermissionCheckHandler(() => false);
  own.webRequest.onBeforeRequest((details, callback) => callback({ cancel: !details.url.startsWith('app:') }));
  own.protocol.handle('app', (request) => {
    const url = new URL(request.url);
    say('serve', request.url);
    const types = { html: 'text/html', js: 'text/javascript', css: 'text/css' };
    const type = types[url.pathname.split('.').at(-1)];
    if (type === undefined) return new Response('no such file', { status: 404, headers: { 'content-type': 'text/plain' } });
    return new Response(readFileSync(join(here, url.pathname)), { headers: { 'content-type': type, 'content-security-policy': ${JSON.stringify(POLICY)} } });
  });
  ipcMain.handle('echo', (event, ...args) => args);
  ipcMain.handle('who', (event) => ({ url: event.senderFrame.url, origin: event.senderFrame.origin, isMain: event.senderFrame === event.sender.mainFrame, isWindow: event.sender === window.webContents }));
  ipcMain.handle('bad', () => ({ run: () => 1 }));
  ipcMain.handle('weak', () => ({ map: new WeakMap() }));
  ipcMain.handle('fails', () => { throw new TypeError('broken on purpose'); });
  ipcMain.on('said', (event, word) => { say('said', word); event.reply('heard', word + '!'); });
  try { ipcMain.handle('echo', () => 1); } catch (error) { say('twice:', error.message); }
  const picture = join(here, 'icon.png');
  tray = new Tray(nativeImage.createFromPath(picture));
  tray.setToolTip('All is well');
  tray.on('click', () => say('tray clicked'));
  tray.setContextMenu(Menu.buildFromTemplate([
    { id: 'status', label: 'All is well', enabled: false },
    { type: 'separator' },
    { id: 'open', label: 'Open', click: () => open() },
    { label: 'More', submenu: [{ id: 'notify', label: 'Notify', click: () => notify() }, { id: 'pause', label: 'Pause', type: 'checkbox', click: (item) => say('pause', item.checked) }] },
    { id: 'quit', label: 'Quit', click: () => app.quit() },
  ]));
  const notify = () => {
    const note = new Notification({ title: 'Token', body: 'It ends soon', actions: [{ type: 'button', text: 'Renew' }] });
    for (const name of ['show', 'click', 'close']) note.on(name, () => say('note', name));
    note.on('failed', (event, reason) => say('note failed', reason));
    note.on('action', (details, index) => say('note action', details.actionIndex, index));
    note.show();
  };
  powerMonitor.on('resume', () => say('resume', net.isOnline(), net.online));
  nativeTheme.on('updated', () => say('dark', nativeTheme.shouldUseDarkColorsForSystemIntegratedUI));
  ipcMain.handle('choose', async () => (await dialog.showOpenDialog(window, { properties: ['openFile'] })).filePaths);
  ipcMain.handle('browse', (event, url) => shell.openExternal(url));
  app.setLoginItemSettings({ openAtLogin: true });
  globalThis.sample = { app, BrowserWindow, protocol, say, get window() { return window; } };
  ${extra}
  if (process.env.SAMPLE_WINDOW !== '0') open();
  say('ready');
});
`;

const PRELOAD = `
const { contextBridge, ipcRenderer } = require('electron');
let heard = [];
ipcRenderer.on('heard', (event, word) => heard.push(word));
ipcRenderer.on('news', (event, ...args) => heard.push(...args));
contextBridge.exposeInMainWorld('sample', {
  call: (channel, ...args) => ipcRenderer.invoke(channel, ...args),
  say: (word) => ipcRenderer.send('said', word),
  heard: () => heard,
  on: (listener) => { const each = (event, word) => listener(word); ipcRenderer.on('news', each); return () => ipcRenderer.removeListener('news', each); },
  nested: { deep: ['a', 1] },
  preloadRanBeforePage: document.scripts.length === 0,
  atStart: ipcRenderer.invoke('who'),
});
`;

const PAGE = `<!doctype html><title>Sample</title><link rel="stylesheet" href="style.css"><main>hello</main><a id="out" href="https://elsewhere.example/page">out</a><a id="blank" target="_blank" href="https://elsewhere.example/blank">blank</a><script src="page.js"></script>`;

const PAGE_SCRIPT = `
globalThis.sawBridge = typeof globalThis.sample?.call;
globalThis.reachable = [typeof globalThis.hostCall, typeof globalThis.hostDeliver, typeof globalThis.require].join();
`;

/** A small app in a folder of its own. */
export interface SampleApp {
  readonly folder: string;
  readonly mainFile: string;
  /** Starts it, with its own place for settings. */
  start(env?: Readonly<Record<string, string>>, args?: readonly string[]): Promise<Desktop>;
  /** Ends what still runs and removes everything. */
  cleanUp(): Promise<void>;
}

/** Writes the app. `extra` is code of its own for the main file, run when the app is ready. */
export function makeSample(extra = ''): SampleApp {
  const folder = mkdtempSync(join(tmpdir(), 'evertoken-host-sample-'));
  const settings = join(folder, 'config');
  mkdirSync(settings);
  const files = { 'package.json': '{ "name": "sample", "version": "1.2.3", "type": "module", "main": "main.js" }', 'main.js': mainText(extra), 'preload.cjs': PRELOAD, 'index.html': PAGE, 'page.js': PAGE_SCRIPT, 'style.css': 'main { color: rgb(1, 2, 3) }', 'allowed.html': '<!doctype html><title>Allowed</title>' };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  writeFileSync(join(folder, 'icon.png'), Buffer.from(PIXEL, 'base64'));
  const running: Desktop[] = [];
  return {
    folder,
    mainFile: join(folder, 'main.js'),
    start: async (env = {}, args = []) => {
      const desktop = await startDesktop({ mainFile: join(folder, 'main.js'), args, cwd: folder, env: { XDG_CONFIG_HOME: settings, ...env } });
      running.push(desktop);
      return desktop;
    },
    cleanUp: async () => {
      await Promise.all(running.map((desktop) => desktop.kill()));
      await removeFolder(folder);
    },
  };
}
