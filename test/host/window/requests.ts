import type { Request as PageRequest, Route } from 'playwright-core';
import { fromPage, isOwnInPage } from '../addresses.ts';
import type { HostSession } from './session.ts';

/** A request to somewhere else, which is never let out. */
export interface Outgoing {
  readonly url: string;
  readonly type: string;
  /** Whether the app itself stopped it. */
  readonly cancelled: boolean;
}

/** The window that a request comes from. */
export interface RequestOwner {
  readonly id: number;
  readonly session: HostSession;
  isDestroyed(): boolean;
  /** Whether the page may go there. */
  mayNavigate(url: string, isMainFrame: boolean): boolean;
  /** An answer of ours pointed elsewhere. */
  emitRedirect(url: string): void;
}

/** Answers a request of a window's page: its own addresses from the session's protocol handler, everything else not at all. */
export async function answerRequest(route: Route, contents: RequestOwner): Promise<void> {
  const request = route.request();
  const url = fromPage(request.url());
  if (request.isNavigationRequest() && !contents.mayNavigate(url, request.frame().parentFrame() === null)) {
    await route.abort('aborted');
    return;
  }
  if (isOwnInPage(request.url())) {
    await serve(route, request, url, contents);
    return;
  }
  const cancelled = await contents.session.webRequest.isCancelled(detailsOf(request, url, contents));
  contents.session.emit('host:outgoing', { url, type: request.resourceType(), cancelled } satisfies Outgoing);
  await route.abort('blockedbyclient');
}

async function serve(route: Route, request: PageRequest, url: string, contents: RequestOwner): Promise<void> {
  const handler = contents.session.protocol.handlerFor(url);
  // The app may look at its own requests too, and cancel them.
  if (handler === null || (await contents.session.webRequest.isCancelled(detailsOf(request, url, contents)))) {
    await route.abort(handler === null ? 'addressunreachable' : 'blockedbyclient');
    return;
  }
  try {
    const response = await handler(await requestFor(request, url));
    if (response.status >= 300 && response.status < 400 && response.headers.has('location')) {
      // Chromium would follow it past our routes.
      contents.emitRedirect(new URL(response.headers.get('location') ?? '', url).href);
      await route.abort('aborted');
      return;
    }
    await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body: Buffer.from(await response.arrayBuffer()) });
  } catch (error) {
    process.stderr.write(`The protocol handler failed for ${url}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    await route.abort('failed');
  }
}

async function requestFor(request: PageRequest, url: string): Promise<Request> {
  const headers = Object.entries(await request.allHeaders())
    .filter(([name]) => !name.startsWith(':'))
    .map(([name, value]): [string, string] => [name, name === 'origin' || name === 'referer' ? fromPage(value) : value]);
  const body = request.postDataBuffer();
  return new Request(url, { method: request.method(), headers, ...(body === null ? {} : { body }) });
}

const TYPES: Readonly<Record<string, Electron.OnBeforeRequestListenerDetails['resourceType']>> = { document: 'mainFrame', stylesheet: 'stylesheet', script: 'script', image: 'image', font: 'font', fetch: 'xhr', xhr: 'xhr', ping: 'ping', media: 'media', websocket: 'webSocket' };

let lastRequest = 0;

function detailsOf(request: PageRequest, url: string, contents: RequestOwner): Electron.OnBeforeRequestListenerDetails {
  lastRequest += 1;
  return {
    id: lastRequest,
    url,
    method: request.method(),
    webContentsId: contents.id,
    resourceType: TYPES[request.resourceType()] ?? 'other',
    referrer: fromPage(request.headers()['referer'] ?? ''),
    timestamp: Date.now(),
    uploadData: [],
  };
}
