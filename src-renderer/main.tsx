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
if (bridge === undefined) mountWithoutBridge(element);
else mountWindow(element, bridge);
