import { isKnownLink } from '../../src-main/contract/known-links.ts';
import type { Outcome } from '../../src-main/contract/outcome.ts';
import type { WindowApi, WindowBridge, WindowEvents } from '../../src-main/contract/window-api.ts';
import { type Channel, CHANNELS, type EventName, EVENTS } from '../../src-main/contract/window-channels.ts';
import { WINDOW_PATH } from '../../src-main/contract/window-http.ts';
import { sentenceOf } from './answers.ts';
import { chooseEnvText } from './env-chooser.ts';
import { listenForNews } from './news.ts';

/** What the page around the window hears from its bridge. */
export interface BridgeWatch {
  /** Whether Evertoken can be heard; told only when that changes. */
  readonly reachable: (yes: boolean) => void;
  /** The session is over, and with it the bridge. */
  readonly refused: () => void;
}

/** A bridge, and how to take it down. */
export interface HttpBridge {
  readonly bridge: WindowBridge;
  readonly stop: () => void;
}

type Listeners = { readonly [Name in EventName]: Set<(payload: WindowEvents[Name]) => void> };

/** The bridge of a window in a browser: the contract's questions and tellings over HTTP, each call with the key of the session. */
export function createHttpBridge(key: string, { reachable, refused }: BridgeWatch): HttpBridge {
  const listeners: Listeners = { viewChanged: new Set(), show: new Set() };
  let over = false;
  const end = (): void => {
    if (over) return;
    over = true;
    refused();
  };

  const ask = async (channel: Channel, request: unknown): Promise<unknown> => {
    const response = await fetch(`${WINDOW_PATH}${channel}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
      body: JSON.stringify(request ?? {}),
      cache: 'no-store',
    });
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    if (response.status === 401) end();
    throw new Error(sentenceOf(answer));
  };

  const calls: Partial<WindowApi> = {};
  for (const name of CHANNELS) Object.assign(calls, { [name]: (request: unknown) => ask(name, request) });
  if (!isWhole(calls)) throw new Error('The bridge lacks a channel');
  const api: WindowApi = {
    ...calls,
    openLink: ({ url }) => Promise.resolve(openLink(url)),
    importEnvFile: async () => {
      const chosen = await chooseEnvText();
      return chosen.ok ? api.connect({ token: chosen.text, source: 'import' }) : chosen.outcome;
    },
  };

  const stopListening = listenForNews(key, { heard: (telling) => tell(listeners, telling), reachable, refused: end });
  return {
    bridge: {
      ...api,
      on: (event, listener) => {
        listeners[event].add(listener);
        return () => void listeners[event].delete(listener);
      },
    },
    stop: () => {
      over = true;
      stopListening();
    },
  };
}

function isWhole(made: Partial<WindowApi>): made is WindowApi {
  return CHANNELS.every((name) => typeof made[name] === 'function');
}

function tell(listeners: Listeners, telling: unknown): void {
  if (!isTelling(telling)) return;
  if (telling.event === 'viewChanged') for (const listener of listeners.viewChanged) listener(telling.payload);
  else for (const listener of listeners.show) listener(telling.payload);
}

type Telling = { readonly [Name in EventName]: { readonly event: Name; readonly payload: WindowEvents[Name] } }[EventName];

function isTelling(value: unknown): value is Telling {
  return typeof value === 'object' && value !== null && 'event' in value && 'payload' in value && EVENTS.some((event) => event === value.event);
}

/** Opens one of Meta's pages beside this one, which it learns nothing of. */
function openLink(url: string): Outcome {
  if (!isKnownLink(url)) return { ok: false, code: 'link-refused', message: 'Evertoken opens only pages of Meta, and this is none of them.', connection: null, details: [] };
  window.open(url, '_blank', 'noopener,noreferrer');
  return { ok: true, code: 'link-opened', message: 'The page opens beside this one.', connection: null, details: [] };
}
