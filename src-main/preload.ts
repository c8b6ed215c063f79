import { contextBridge, ipcRenderer } from 'electron';
import type { WindowApi, WindowBridge, WindowEvents } from './contract/window-api.ts';
import { BRIDGE, CHANNELS, type EventName, EVENTS, ipcName } from './contract/window-channels.ts';

// The only file that knows `ipcRenderer`. The page gets functions, one for each line of the contract, and nothing that
// could reach another channel.
const calls: Partial<WindowApi> = {};
for (const name of CHANNELS) Object.assign(calls, { [name]: (request: unknown): Promise<unknown> => ipcRenderer.invoke(ipcName(name), request) });

function isWhole(made: Partial<WindowApi>): made is WindowApi {
  return CHANNELS.every((name) => typeof made[name] === 'function');
}

const on = <Name extends EventName>(event: Name, listener: (payload: WindowEvents[Name]) => void): (() => void) => {
  if (!EVENTS.includes(event)) throw new Error('Evertoken tells nothing of that name.');
  // The event object would hand `ipcRenderer` over as its sender.
  const heard = (_event: unknown, payload: WindowEvents[Name]): void => listener(payload);
  ipcRenderer.on(ipcName(event), heard);
  return () => void ipcRenderer.off(ipcName(event), heard);
};

if (isWhole(calls)) contextBridge.exposeInMainWorld(BRIDGE, { ...calls, on } satisfies WindowBridge);
