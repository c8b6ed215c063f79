import type { Page } from 'playwright-core';
import type { WindowBridge, AnswerOf, RequestOf, WindowEvents } from '../../src-main/contract/window-api.ts';
import { BRIDGE, type Channel, CHANNELS, type EventName } from '../../src-main/contract/window-channels.ts';
import { WINDOW_TABLE } from '../../src-main/contract/window-table.ts';
import type { WindowView } from '../../src-main/contract/window-view.ts';
import { outcome } from '../fakes/keeper.ts';

/** A key of the gateway as the fake makes it: what must not stay in the page. */
export const FAKE_KEY = 'evt_k-new_onceonceonceonceonceonceonceonce';

/** How the fake answers each channel; a test changes these as it goes. Throwing stands for a call that main refused. */
export type Answers = { [Name in Channel]: (request: RequestOf<Name>) => AnswerOf<Name> | Promise<AnswerOf<Name>> };

/** What was asked, in order, as it arrived. */
export interface BridgeCall {
  readonly channel: Channel;
  readonly request: unknown;
}

/** Main, as the window sees it: one that answers what a test wants and remembers what it was asked. */
export function createFakeBridge(view: WindowView) {
  const calls: BridgeCall[] = [];
  const answers: Answers = {
    view: () => view,
    history: () => [],
    connect: () => outcome({ code: 'connected', message: 'Connected.', connection: null }),
    importEnvFile: () => outcome({ code: 'connected', message: 'Connected.', connection: null }),
    refresh: ({ connection }) => outcome({ code: 'renewed', message: 'The token was renewed.', connection }),
    check: ({ connection }) => outcome({ code: 'healthy', message: 'The token is valid.', connection }),
    replace: ({ connection }) => outcome({ code: 'replaced', message: 'The new token is in use.', connection }),
    showTrayIcon: () => outcome({ code: 'icon-shown', message: 'The icon was put into the tray again.', connection: null }),
    forgetReplace: ({ connection }) => outcome({ code: 'forgotten', message: 'The new token was let go of.', connection }),
    confirmReplace: ({ connection }) => outcome({ code: 'replaced', message: 'The new token is in use.', connection }),
    chooseNumber: ({ connection }) => outcome({ code: 'number-chosen', message: 'Chosen.', connection }),
    remove: () => outcome({ code: 'removed', message: '“Main shop” was removed.', connection: null }),
    acknowledge: () => outcome({ code: 'acknowledged', message: 'Evertoken will not remind you of this again.', connection: null }),
    openLink: () => outcome({ code: 'opened', message: 'Opened.', connection: null }),
    setStartAtLogin: () => outcome({ code: 'start-at-login', message: 'Evertoken starts when you log in.', connection: null }),
    pauseNotifications: () => outcome({ code: 'paused', message: 'Notifications are paused.', connection: null }),
    setGateway: ({ enabled }) => outcome({ code: enabled ? 'gateway-on' : 'gateway-off', message: enabled ? 'The gateway is on.' : 'The gateway is off.', connection: null }),
    createKey: ({ name }) => ({ ...outcome({ code: 'key-made', message: `The key “${name}” was made.`, connection: null }), key: FAKE_KEY, id: 'k-new' }),
    revokeKey: () => outcome({ code: 'key-revoked', message: 'The key opens nothing any more.', connection: null }),
    addEnvDelivery: ({ connection }) => outcome({ code: 'delivery-added', message: 'The file was added, and the token is in it.', connection }),
    setCommand: ({ connection }) => outcome({ code: 'command-set', message: 'The command runs after each delivery.', connection }),
    removeDelivery: () => outcome({ code: 'delivery-removed', message: 'The file gets no token any more.', connection: null }),
    deliver: ({ connection }) => outcome({ code: 'delivered', message: 'The token was delivered.', connection: connection ?? null }),
  };

  const answer = async (channel: string, request: unknown): Promise<unknown> => {
    const name = CHANNELS.find((known) => known === channel);
    if (name === undefined) throw new Error(`No such channel: ${channel}`);
    // Main checks what it is sent, so a request that it would refuse must not pass here either.
    WINDOW_TABLE[name].request.parse(request);
    calls.push({ channel: name, request });
    return answerOn(answers, name, request);
  };

  return {
    calls,
    answers,
    /** The requests made on a channel. */
    asked: (channel: Channel): readonly unknown[] => calls.filter((call) => call.channel === channel).map(({ request }) => request),
    /** Puts the bridge into every page of `page`, as the preload does. */
    install: async (page: Page): Promise<void> => {
      await page.exposeFunction('answerFromTest', answer);
      await page.addInitScript({ content: PRELOAD });
    },
    /** Tells the window something unasked. A view is what `view` answers from now on, too. */
    tell: async <Name extends EventName>(page: Page, event: Name, payload: WindowEvents[Name]): Promise<void> => {
      if (isView(event, payload)) answers.view = () => payload;
      await page.evaluate(`tellWindow(${JSON.stringify(event)}, ${JSON.stringify(payload)})`);
    },
  };
}

/** The fake of one test. */
export type FakeBridge = ReturnType<typeof createFakeBridge>;

function answerOn<Name extends Channel>(answers: Answers, name: Name, request: unknown): AnswerOf<Name> | Promise<AnswerOf<Name>> {
  return answers[name](request as RequestOf<Name>);
}

function isView(event: EventName, _payload: unknown): _payload is WindowView {
  return event === 'viewChanged';
}

type BridgeKey = keyof WindowBridge;

const KEYS = [...CHANNELS, 'on'] as const satisfies readonly BridgeKey[];

/** The preload's part, in the page: plain script, because it runs before the page's own. */
const PRELOAD = `
  const listeners = { viewChanged: new Set(), show: new Set() };
  const bridge = Object.fromEntries(${JSON.stringify(KEYS)}.filter((name) => name !== 'on').map((name) => [name, (request) => answerFromTest(name, request)]));
  bridge.on = (event, listener) => {
    listeners[event].add(listener);
    return () => listeners[event].delete(listener);
  };
  window[${JSON.stringify(BRIDGE)}] = Object.freeze(bridge);
  window.tellWindow = (event, payload) => { for (const listener of listeners[event]) listener(payload); };
`;
