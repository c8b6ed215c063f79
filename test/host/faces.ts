/// <reference types="electron" />
// What the shell sees of Electron while it is checked against the stand-in: Electron's own types, cut down to the members that
// the stand-in has. A member that is missing here is a compile error there. Where one of these objects appears inside another,
// the inner one is cut down too.

/** The members that come from Node's EventEmitter; Electron only adds overloads for its events. */
export type EventMember = 'on' | 'once' | 'off' | 'emit' | 'addListener' | 'removeListener' | 'removeAllListeners' | 'listenerCount';

export type AppMember =
  | 'whenReady' | 'isReady' | 'requestSingleInstanceLock' | 'hasSingleInstanceLock' | 'releaseSingleInstanceLock' | 'quit' | 'exit' | 'relaunch'
  | 'getPath' | 'setPath' | 'getAppPath' | 'getVersion' | 'getName' | 'setName' | 'name' | 'getLocale' | 'getSystemLocale' | 'getPreferredSystemLanguages'
  | 'isPackaged' | 'setAppUserModelId' | 'setToastActivatorCLSID' | 'toastActivatorCLSID' | 'enableSandbox' | 'disableHardwareAcceleration'
  | 'getLoginItemSettings' | 'setLoginItemSettings' | 'dock' | 'setAboutPanelOptions' | 'showAboutPanel' | 'focus' | 'hide' | 'show' | 'setAppLogsPath' | 'setActivationPolicy';
export type CommandLineMember = 'appendSwitch' | 'appendArgument' | 'hasSwitch' | 'getSwitchValue' | 'removeSwitch';
export type CommandLine = Pick<Electron.CommandLine, CommandLineMember>;
export type App = Pick<Electron.App, AppMember | EventMember> & { readonly commandLine: CommandLine };

export type WebFrameMainMember = 'url' | 'origin' | 'processId' | 'routingId' | 'frameToken' | 'frameTreeNodeId' | 'isDestroyed' | 'name' | 'detached';
export type WebFrameMain = Pick<Electron.WebFrameMain, WebFrameMainMember> & {
  readonly parent: WebFrameMain | null;
  readonly top: WebFrameMain | null;
  readonly frames: readonly WebFrameMain[];
};

export type WebContentsMember =
  | 'id' | 'send' | 'getURL' | 'getTitle' | 'setWindowOpenHandler' | 'isDestroyed' | 'openDevTools' | 'closeDevTools' | 'isDevToolsOpened' | 'reload' | 'setZoomFactor' | 'getZoomFactor'
  | 'setVisualZoomLevelLimits' | 'setWebRTCIPHandlingPolicy' | 'getWebRTCIPHandlingPolicy' | 'loadURL' | 'isLoading' | 'focus' | 'getOSProcessId' | 'getType' | 'close';
export type WebContents = Pick<Electron.WebContents, WebContentsMember | EventMember> & { readonly mainFrame: WebFrameMain; readonly session: Session };

export type WebPreferences = Omit<Electron.WebPreferences, 'session'> & { session?: Session };
export type BrowserWindowConstructorOptions = Omit<Electron.BrowserWindowConstructorOptions, 'webPreferences' | 'parent'> & { webPreferences?: WebPreferences };
export type BrowserWindowMember =
  | 'id' | 'loadURL' | 'show' | 'showInactive' | 'hide' | 'focus' | 'blur' | 'isVisible' | 'isFocused' | 'isMinimized' | 'isMaximized' | 'minimize' | 'restore' | 'isDestroyed' | 'destroy' | 'close'
  | 'setMenu' | 'removeMenu' | 'setMenuBarVisibility' | 'setAutoHideMenuBar' | 'setTitle' | 'getTitle' | 'setIcon' | 'getBounds' | 'setBounds' | 'getSize' | 'setSize' | 'getContentSize'
  | 'setContentSize' | 'setMinimumSize' | 'center' | 'setBackgroundColor' | 'setSkipTaskbar' | 'flashFrame' | 'moveTop' | 'setContentProtection' | 'reload';
export type BrowserWindow = Pick<Electron.BrowserWindow, BrowserWindowMember | EventMember> & { readonly webContents: WebContents };
export interface BrowserWindowFace {
  new (options?: BrowserWindowConstructorOptions): BrowserWindow;
  getAllWindows(): BrowserWindow[];
  fromWebContents(contents: WebContents): BrowserWindow | null;
  fromId(id: number): BrowserWindow | null;
  getFocusedWindow(): BrowserWindow | null;
}

export type ProtocolMember = 'handle' | 'unhandle' | 'isProtocolHandled' | 'registerSchemesAsPrivileged';
export type Protocol = Pick<Electron.Protocol, ProtocolMember>;
export type WebRequest = Pick<Electron.WebRequest, 'onBeforeRequest'>;
export type SessionMember =
  | 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler' | 'setSpellCheckerEnabled' | 'isSpellCheckerEnabled' | 'clearStorageData' | 'clearCache' | 'isPersistent'
  | 'setProxy' | 'setDisplayMediaRequestHandler' | 'getUserAgent' | 'storagePath';
export type Session = Pick<Electron.Session, SessionMember | EventMember> & { readonly protocol: Protocol; readonly webRequest: WebRequest };
export interface SessionFace {
  fromPartition(partition: string, options?: Electron.FromPartitionOptions): Session;
  readonly defaultSession: Session;
}

export type IpcMain = Pick<Electron.IpcMain, 'handle' | 'handleOnce' | 'removeHandler' | 'on' | 'once' | 'off' | 'removeListener' | 'removeAllListeners'>;
export type IpcMainEvent = Omit<Electron.IpcMainEvent, 'sender' | 'senderFrame'> & { sender: WebContents; readonly senderFrame: WebFrameMain | null };
export type IpcMainInvokeEvent = Omit<Electron.IpcMainInvokeEvent, 'sender' | 'senderFrame'> & { sender: WebContents; readonly senderFrame: WebFrameMain | null };

export type MenuItem = Electron.MenuItem;
export type MenuItemConstructorOptions = Omit<Electron.MenuItemConstructorOptions, 'submenu'> & { submenu?: (MenuItemConstructorOptions | MenuItem)[] | Menu };
export type Menu = Pick<Electron.Menu, 'items' | 'append' | 'insert' | 'getMenuItemById' | 'popup' | 'closePopup' | EventMember>;
export interface MenuFace {
  new (): Menu;
  buildFromTemplate(template: (MenuItemConstructorOptions | MenuItem)[]): Menu;
  setApplicationMenu(menu: Menu | null): void;
  getApplicationMenu(): Menu | null;
}

export type TrayMember = 'setImage' | 'setPressedImage' | 'setToolTip' | 'setTitle' | 'getTitle' | 'destroy' | 'isDestroyed' | 'getBounds' | 'getGUID' | 'setIgnoreDoubleClickEvents';
export type Tray = Pick<Electron.Tray, TrayMember | EventMember> & { setContextMenu(menu: Menu | null): void; popUpContextMenu(menu?: Menu): void };
export type TrayFace = new (image: Electron.NativeImage | string, guid?: string) => Tray;

export type NativeImageFace = Pick<typeof Electron.NativeImage, 'createEmpty' | 'createFromPath' | 'createFromBuffer' | 'createFromDataURL'>;

export type NotificationMember =
  | 'show' | 'close' | 'id' | 'groupId' | 'title' | 'subtitle' | 'body' | 'silent' | 'urgency' | 'actions' | 'timeoutType' | 'closeButtonText' | 'toastXml' | 'hasReply' | 'replyPlaceholder' | 'sound';
export type Notification = Pick<Electron.Notification, NotificationMember | EventMember>;
export interface NotificationFace extends Pick<typeof Electron.Notification, 'isSupported' | 'remove' | 'removeAll' | 'removeGroup' | 'handleActivation'> {
  new (options?: Electron.NotificationConstructorOptions): Notification;
}

export type PowerMonitor = Pick<Electron.PowerMonitor, 'getSystemIdleTime' | 'getSystemIdleState' | 'isOnBatteryPower' | EventMember>;
export type NativeTheme = Pick<Electron.NativeTheme, 'shouldUseDarkColors' | 'shouldUseDarkColorsForSystemIntegratedUI' | 'shouldUseHighContrastColors' | 'themeSource' | EventMember>;
export type Net = Pick<Electron.Net, 'isOnline' | 'online'>;
export type Shell = Pick<Electron.Shell, 'openExternal' | 'openPath' | 'showItemInFolder' | 'beep'>;
export interface Dialog extends Pick<Electron.Dialog, 'showErrorBox'> {
  showOpenDialog(options: Electron.OpenDialogOptions): Promise<Electron.OpenDialogReturnValue>;
  showOpenDialog(window: BrowserWindow, options: Electron.OpenDialogOptions): Promise<Electron.OpenDialogReturnValue>;
  showMessageBox(options: Electron.MessageBoxOptions): Promise<Electron.MessageBoxReturnValue>;
  showMessageBox(window: BrowserWindow, options: Electron.MessageBoxOptions): Promise<Electron.MessageBoxReturnValue>;
}
export type Clipboard = Pick<Electron.Clipboard, 'readText' | 'writeText' | 'clear'>;
export type Screen = Pick<Electron.Screen, 'getPrimaryDisplay' | 'getAllDisplays' | 'getCursorScreenPoint' | EventMember>;

// What the preload sees. In the main process these two are undefined, as in Electron.
export type ContextBridge = Pick<Electron.ContextBridge, 'exposeInMainWorld'>;
export type IpcRenderer = Pick<Electron.IpcRenderer, 'invoke' | 'send' | 'on' | 'once' | 'off' | 'addListener' | 'removeListener' | 'removeAllListeners'>;

// Plain data, as Electron has it.
export type Event<Params extends object = object> = Electron.Event<Params>;
export type IpcRendererEvent = Electron.IpcRendererEvent;
export type NativeImage = Electron.NativeImage;
export type NotificationConstructorOptions = Electron.NotificationConstructorOptions;
export type NotificationAction = Electron.NotificationAction;
export type OpenDialogOptions = Electron.OpenDialogOptions;
export type OpenDialogReturnValue = Electron.OpenDialogReturnValue;
export type MessageBoxOptions = Electron.MessageBoxOptions;
export type MessageBoxReturnValue = Electron.MessageBoxReturnValue;
export type LoginItemSettings = Electron.LoginItemSettings;
export type Settings = Electron.Settings;
export type HandlerDetails = Electron.HandlerDetails;
export type WindowOpenHandlerResponse = Electron.WindowOpenHandlerResponse;
export type CustomScheme = Electron.CustomScheme;
export type PermissionRequest = Electron.PermissionRequest;
export type OnBeforeRequestListenerDetails = Electron.OnBeforeRequestListenerDetails;
export type CallbackResponse = Electron.CallbackResponse;
export type WebRequestFilter = Electron.WebRequestFilter;
export type Rectangle = Electron.Rectangle;
export type Point = Electron.Point;
export type Size = Electron.Size;
export type Display = Electron.Display;
