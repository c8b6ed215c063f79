import type { CDPSession } from 'playwright-core';
import type { FromPage, ToPage } from '../page/preload-side.ts';

const WORLD = 'evertoken-host-preload';

/** What the page of a window tells its window. */
export interface PageLinkEvents {
  onMessage(message: FromPage): void;
  onMoved(url: string): void;
  onLoading(loading: boolean): void;
  /** Chromium was about to open a window, for a link with a target for example. */
  onOpen(url: string, name: string): void;
}

/** The way between a window and the preload's world in its page. */
export interface PageLink {
  /** Tells the document that is there now; lost where there is none, as in Electron. */
  tell(message: ToPage): void;
}

interface Frame {
  readonly id: string;
  readonly parentId?: string;
  readonly url: string;
}

/**
 * Puts the two scripts into every document to come and keeps the way open. The binding exists in the preload's world alone, so no
 * script of the page can reach it. Messages from any frame but the main one are dropped, save its reports.
 */
export async function linkPage(cdp: CDPSession, scripts: { readonly page: string; readonly preload: string }, events: PageLinkEvents): Promise<PageLink> {
  const worlds = new Map<number, string>();
  let mainFrame = '';
  let current: number | null = null;

  cdp.on('Runtime.executionContextsCleared', () => {
    worlds.clear();
    current = null;
  });
  cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    worlds.delete(executionContextId);
    if (current === executionContextId) current = null;
  });
  cdp.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name !== WORLD) return;
    const { frameId } = context.auxData as { frameId: string };
    worlds.set(context.id, frameId);
    if (frameId === mainFrame) current = context.id;
  });
  const moved = ({ id, parentId, url }: Frame): void => {
    if (parentId !== undefined) return;
    mainFrame = id;
    events.onMoved(url);
  };
  cdp.on('Page.frameNavigated', ({ frame }) => moved(frame));
  cdp.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
    if (frameId === mainFrame) events.onMoved(url);
  });
  cdp.on('Page.frameStartedLoading', ({ frameId }) => {
    if (frameId === mainFrame) events.onLoading(true);
  });
  cdp.on('Page.frameStoppedLoading', ({ frameId }) => {
    if (frameId === mainFrame) events.onLoading(false);
  });
  cdp.on('Page.windowOpen', ({ url, windowName }) => events.onOpen(url, windowName));
  cdp.on('Runtime.bindingCalled', ({ executionContextId, payload }) => {
    const message = JSON.parse(payload) as FromPage;
    if (worlds.get(executionContextId) === mainFrame || message.kind === 'violation' || message.kind === 'open') events.onMessage(message);
  });

  await cdp.send('Page.enable');
  mainFrame = (await cdp.send('Page.getFrameTree')).frameTree.frame.id;
  await cdp.send('Runtime.enable');
  await cdp.send('Runtime.addBinding', { name: 'hostCall', executionContextName: WORLD });
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.page });
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.preload, worldName: WORLD });

  return {
    tell: (message) => {
      if (current === null) return;
      // A document that went away in between has nobody left to listen.
      cdp.send('Runtime.evaluate', { contextId: current, expression: `hostDeliver(${JSON.stringify(JSON.stringify(message))})` }).catch(() => undefined);
    },
  };
}
