import { createRoot } from 'react-dom/client';
import type { WindowBridge } from '../../src-main/contract/window-api.ts';
import '../ui/tokens.css';
import '../ui/base.css';
import { Alone } from '../ui/alone.tsx';
import { FaultBoundary } from './fault-boundary.tsx';
import { createRequests } from './requests.ts';
import { createShowStore } from './show-store.ts';
import { createViewStore } from './view-store.ts';
import { WindowApp } from './window-app.tsx';
import { PartsProvider } from './window-parts.tsx';

/** Puts the window into `element`, fed by `bridge`, whatever that reaches main through. Answers how to take it down. */
export function mountWindow(element: Element, bridge: WindowBridge): () => void {
  const views = createViewStore(bridge);
  const shows = createShowStore(bridge);
  const requests = createRequests(() => void views.load());
  const root = createRoot(element);
  root.render(
    <FaultBoundary>
      <PartsProvider bridge={bridge} views={views} shows={shows} requests={requests}>
        <WindowApp />
      </PartsProvider>
    </FaultBoundary>,
  );
  void views.load();
  return () => {
    root.unmount();
    views.stop();
    shows.stop();
  };
}

/** Says that there is nothing to show, where the page was opened without a bridge. */
export function mountWithoutBridge(element: Element): void {
  createRoot(element).render(
    <Alone>
      <p className="alone-line" role="alert">
        This page cannot reach Evertoken. Quit Evertoken and start it again.
      </p>
    </Alone>,
  );
}
