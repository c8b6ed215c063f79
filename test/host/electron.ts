import { hostClipboard, hostDialog, hostShell } from './system/outside.ts';
import { hostApp } from './system/app.ts';
import { HostPowerMonitor, HostScreen, hostNet } from './system/desktop-state.ts';
import { HostMenu, HostMenuItem } from './system/menu.ts';
import { HostNativeImage } from './system/native-image.ts';
import { HostNotification } from './system/notification.ts';
import { HostTray } from './system/tray.ts';
import type * as Face from './faces.ts';
import { HostBrowserWindow, hostNativeTheme } from './window/browser-window.ts';
import { hostIpcMain } from './window/ipc-main.ts';
import { HostProtocol } from './window/protocol.ts';
import { hostSession } from './window/session.ts';
import { becomeElectron } from './become-electron.ts';

export type * from './faces.ts';
// A name that is exported as a value here would otherwise lose its type from there.
export type BrowserWindow = Face.BrowserWindow;
export type Menu = Face.Menu;
export type MenuItem = Face.MenuItem;
export type Tray = Face.Tray;
export type Notification = Face.Notification;

// The stand-in's classes already keep to Electron's types member by member (`implements Pick<…>`); what they lack are the overloads of
// `on` for every event, so each is shown here under Electron's own type, cut down to what it has.

export const app: Face.App = hostApp as unknown as Face.App;
export const BrowserWindow: Face.BrowserWindowFace = HostBrowserWindow as unknown as Face.BrowserWindowFace;
export const Menu: Face.MenuFace = HostMenu as unknown as Face.MenuFace;
export const MenuItem: new (options: Face.MenuItemConstructorOptions) => Face.MenuItem = HostMenuItem as unknown as new (options: Face.MenuItemConstructorOptions) => Face.MenuItem;
export const Tray: Face.TrayFace = HostTray as unknown as Face.TrayFace;
export const Notification: Face.NotificationFace = HostNotification as unknown as Face.NotificationFace;
export const nativeImage: Face.NativeImageFace = HostNativeImage as unknown as Face.NativeImageFace;
export const nativeTheme: Face.NativeTheme = hostNativeTheme as unknown as Face.NativeTheme;
export const powerMonitor: Face.PowerMonitor = new HostPowerMonitor() as unknown as Face.PowerMonitor;
export const screen: Face.Screen = new HostScreen() as unknown as Face.Screen;
export const ipcMain: Face.IpcMain = hostIpcMain as unknown as Face.IpcMain;
export const session: Face.SessionFace = hostSession as unknown as Face.SessionFace;
export const net: Face.Net = hostNet;
export const shell: Face.Shell = hostShell;
export const dialog: Face.Dialog = hostDialog;
export const clipboard: Face.Clipboard = hostClipboard;

const schemes = new HostProtocol();

/** `protocol`: the default session's, and usable before there is one for the schemes. */
export const protocol: Face.Protocol = {
  registerSchemesAsPrivileged: (list) => schemes.registerSchemesAsPrivileged(list),
  handle: (scheme, handler) => session.defaultSession.protocol.handle(scheme, handler),
  unhandle: (scheme) => session.defaultSession.protocol.unhandle(scheme),
  isProtocolHandled: (scheme) => session.defaultSession.protocol.isProtocolHandled(scheme),
};

/** For the preload; in the main process there is none. */
export const contextBridge: Face.ContextBridge = undefined as unknown as Face.ContextBridge;
export const ipcRenderer: Face.IpcRenderer = undefined as unknown as Face.IpcRenderer;

const electron = { app, BrowserWindow, Menu, MenuItem, Tray, Notification, nativeImage, nativeTheme, powerMonitor, screen, ipcMain, session, net, shell, dialog, clipboard, protocol, contextBridge, ipcRenderer };

becomeElectron(electron as unknown as Parameters<typeof becomeElectron>[0]);

export default electron;
