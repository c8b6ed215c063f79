import type { z } from 'zod';
import type { Channel, EventName } from './window-channels.ts';
import type { ChannelRow, WINDOW_TABLE } from './window-table.ts';
import type { ShowRequest, WindowView } from './window-view.ts';

type Table = typeof WINDOW_TABLE;

/** What a window sends on a channel. */
export type RequestOf<Name extends Channel> = z.input<Table[Name]['request']>;

/** The same, checked: what a handler gets. */
export type CheckedRequestOf<Name extends Channel> = z.output<Table[Name]['request']>;

/** What main answers on a channel. */
export type AnswerOf<Name extends Channel> = Table[Name] extends ChannelRow<z.ZodType, infer Answer> ? Answer : never;

/** What main does on each channel. The request has passed its schema; a failure is an outcome, not an exception. */
export type Handlers = { readonly [Name in Channel]: (request: CheckedRequestOf<Name>) => AnswerOf<Name> | Promise<AnswerOf<Name>> };

/** The payload of each thing that main tells the window unasked. */
export interface WindowEvents extends Record<EventName, unknown> {
  readonly viewChanged: WindowView;
  readonly show: ShowRequest;
}

/** What the window calls: a function for each channel, which rejects only where main refused the call itself. */
export type WindowApi = { readonly [Name in Channel]: (request: RequestOf<Name>) => Promise<AnswerOf<Name>> };

/** The bridge between window and main, the same over IPC and, for a window in a browser, over HTTP. */
export interface WindowBridge extends WindowApi {
  /** Calls `listener` at each telling; answers how to stop that. */
  on<Name extends EventName>(event: Name, listener: (payload: WindowEvents[Name]) => void): () => void;
}
