import { BRIDGE } from '../src-main/contract/window-channels.ts';
import type { WindowBridge } from '../src-main/contract/window-api.ts';
import { mountWindow, mountWithoutBridge } from './app/mount.tsx';

declare global {
  interface Window {
    /** What the preload puts here; absent where the page was opened some other way. */
    readonly [BRIDGE]?: WindowBridge;
  }
}

const element = document.querySelector('#window');
const bridge = window[BRIDGE];

if (element === null) throw new Error('index.html has no place for the window');
if (bridge !== undefined) mountWindow(element, bridge);
else if (/^https?:$/.test(location.protocol)) void openInBrowser(element);
else mountWithoutBridge(element);

/** In a browser there is no preload: the page speaks HTTP to where it came from. Fetched only there. */
async function openInBrowser(place: Element): Promise<void> {
  try {
    const { openPage } = await import('./bridge/page.tsx');
    openPage(place);
  } catch {
    mountWithoutBridge(place);
  }
}
