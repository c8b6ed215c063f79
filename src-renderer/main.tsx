import { BRIDGE } from '../src-main/contract/window-channels.ts';
import type { WindowBridge } from '../src-main/contract/window-api.ts';
import { mountWindow } from './app/mount.tsx';

declare global {
  interface Window {
    /** What the preload puts here; absent where the page was opened some other way. */
    readonly [BRIDGE]?: WindowBridge;
  }
}

const element = document.querySelector('#window');
const bridge = window[BRIDGE];

if (element !== null && bridge !== undefined) mountWindow(element, bridge);
else document.body.append('This page cannot reach Evertoken. Quit Evertoken and start it again.');
