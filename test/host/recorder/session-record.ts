import type { RecordedElectron } from './recorded-electron.ts';
import { wrapMethod } from './wrap.ts';

/** A breach of the page's Content-Security-Policy. */
export interface ViolationView {
  readonly directive: string;
  readonly blocked: string;
  readonly source: string;
  readonly line: number;
  readonly sample: string;
}

/** A request of a page to somewhere other than the app. */
export interface OutgoingView {
  readonly url: string;
  readonly type: string;
  readonly cancelled: boolean;
}

/** What the app says to a permission; null where it has no handler, which Electron takes for a yes. */
export interface PermissionAnswer {
  readonly request: boolean | null;
  readonly check: boolean | null;
  readonly device: boolean | null;
}

interface Handlers {
  request: ((contents: unknown, permission: string, callback: (granted: boolean) => void, details: object) => void) | null;
  check: ((contents: unknown, permission: string, origin: string, details: object) => boolean) | null;
  device: ((details: object) => boolean) | null;
}

/** Looking at what a page tried and what it may. */
export interface SessionRecord {
  violations(): readonly ViolationView[];
  outgoing(): readonly OutgoingView[];
  /** Asks the handlers of the open window's session. */
  askPermission(permission: string): Promise<PermissionAnswer>;
  /** The proxies that sessions were given, in order. */
  proxies(): readonly string[];
}

/** Watches sessions: permissions, requests, policy. */
export function createSessionRecord({ app, BrowserWindow }: RecordedElectron, isStandIn: boolean): SessionRecord {
  const handlers = new WeakMap<object, Handlers>();
  const violations: ViolationView[] = [];
  const outgoing: OutgoingView[] = [];
  const proxies: string[] = [];

  app.on('session-created', (session) => {
    const own: Handlers = { request: null, check: null, device: null };
    handlers.set(session, own);
    const keep = (name: keyof Handlers, method: 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'): void =>
      wrapMethod(session, method, (original) => (handler: never) => {
        original.call(session, handler);
        own[name] = handler;
      });
    keep('request', 'setPermissionRequestHandler');
    keep('check', 'setPermissionCheckHandler');
    keep('device', 'setDevicePermissionHandler');
    wrapMethod(session, 'setProxy', (original) => (config: Electron.ProxyConfig) => {
      proxies.push(config.proxyRules ?? '');
      return original.call(session, config);
    });
    // The stand-in tells of itself; on real Electron the app's own listener is the witness.
    if (isStandIn) (session as unknown as NodeJS.EventEmitter).on('host:outgoing', (seen: OutgoingView) => outgoing.push(seen));
    else watchListener(session, (seen) => outgoing.push(seen));
  });
  app.on('web-contents-created', (_event, contents) => {
    (contents as unknown as NodeJS.EventEmitter).on('host:violation', (seen: ViolationView) => violations.push(seen));
    if (isStandIn) return;
    contents.on('console-message', ({ message, sourceId, lineNumber }) => {
      if (message.includes('Content Security Policy')) violations.push({ directive: '', blocked: '', source: sourceId, line: lineNumber, sample: message });
    });
  });

  return {
    violations: (): readonly ViolationView[] => [...violations],
    outgoing: (): readonly OutgoingView[] => [...outgoing],
    proxies: (): readonly string[] => [...proxies],
    askPermission: async (permission: string): Promise<PermissionAnswer> => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (contents === undefined) throw new Error('There is no window whose session could be asked.');
      const { request, check, device } = handlers.get(contents.session) ?? { request: null, check: null, device: null };
      const requestingUrl = contents.getURL();
      const asked = request === null ? null : await new Promise<boolean>((resolve) => request(contents, permission, resolve, { requestingUrl, isMainFrame: true }));
      const checked = check === null ? null : check(contents, permission, requestingUrl, { requestingUrl, isMainFrame: true });
      return { request: asked, check: checked, device: device === null ? null : device({ deviceType: 'usb', origin: requestingUrl, device: {} }) };
    },
  };
}

type RequestListener = (details: Electron.OnBeforeRequestListenerDetails, callback: (response: Electron.CallbackResponse) => void) => void;

function watchListener(session: Electron.Session, onSeen: (seen: OutgoingView) => void): void {
  wrapMethod(session.webRequest, 'onBeforeRequest', (original) => (...args: readonly unknown[]) => {
    const listener = args.at(-1) as RequestListener | null;
    const watched: RequestListener = (details, callback) =>
      listener?.(details, (response) => {
        if (/^(?:https?|wss?):/.test(details.url)) onSeen({ url: details.url, type: details.resourceType, cancelled: response.cancel === true });
        callback(response);
      });
    original.call(session.webRequest, ...args.slice(0, -1), listener === null ? null : watched);
  });
}
