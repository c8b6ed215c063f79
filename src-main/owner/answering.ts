import type { z } from 'zod';
import type { Handlers } from '../contract/window-api.ts';
import type { Channel } from '../contract/window-channels.ts';
import { type ChannelRow, WINDOW_TABLE } from '../contract/window-table.ts';

/** The answer to a question, or why it was not put: the field that is wrong is named, never what it held, which may be a secret. */
export type Answered = { readonly value: unknown } | { readonly refused: string };

/** Checks what a window asks on a channel, and has it done. */
export type Answering = (request: unknown) => Promise<Answered>;

/** The handlers behind the schemas of the contract, the same for a window over IPC and a page over HTTP. */
export function answersOf(handlers: Handlers): Readonly<Record<Channel, Answering>> {
  return {
    view: checked(WINDOW_TABLE.view, handlers.view),
    history: checked(WINDOW_TABLE.history, handlers.history),
    connect: checked(WINDOW_TABLE.connect, handlers.connect),
    importEnvFile: checked(WINDOW_TABLE.importEnvFile, handlers.importEnvFile),
    refresh: checked(WINDOW_TABLE.refresh, handlers.refresh),
    check: checked(WINDOW_TABLE.check, handlers.check),
    replace: checked(WINDOW_TABLE.replace, handlers.replace),
    confirmReplace: checked(WINDOW_TABLE.confirmReplace, handlers.confirmReplace),
    forgetReplace: checked(WINDOW_TABLE.forgetReplace, handlers.forgetReplace),
    chooseNumber: checked(WINDOW_TABLE.chooseNumber, handlers.chooseNumber),
    remove: checked(WINDOW_TABLE.remove, handlers.remove),
    acknowledge: checked(WINDOW_TABLE.acknowledge, handlers.acknowledge),
    openLink: checked(WINDOW_TABLE.openLink, handlers.openLink),
    showTrayIcon: checked(WINDOW_TABLE.showTrayIcon, handlers.showTrayIcon),
    setStartAtLogin: checked(WINDOW_TABLE.setStartAtLogin, handlers.setStartAtLogin),
    pauseNotifications: checked(WINDOW_TABLE.pauseNotifications, handlers.pauseNotifications),
    setGateway: checked(WINDOW_TABLE.setGateway, handlers.setGateway),
    createKey: checked(WINDOW_TABLE.createKey, handlers.createKey),
    revokeKey: checked(WINDOW_TABLE.revokeKey, handlers.revokeKey),
    addEnvDelivery: checked(WINDOW_TABLE.addEnvDelivery, handlers.addEnvDelivery),
    setCommand: checked(WINDOW_TABLE.setCommand, handlers.setCommand),
    removeDelivery: checked(WINDOW_TABLE.removeDelivery, handlers.removeDelivery),
    deliver: checked(WINDOW_TABLE.deliver, handlers.deliver),
  };
}

/** A handler behind its schema. */
function checked<Schema extends z.ZodType, Answer>({ request: schema }: ChannelRow<Schema, Answer>, handler: (request: z.output<Schema>) => Answer | Promise<Answer>): Answering {
  return async (request) => {
    const parsed = schema.safeParse(request);
    if (parsed.success) return { value: await handler(parsed.data) };
    const field = parsed.error.issues[0]?.path.map(String).join('.') ?? '';
    return { refused: field === '' ? 'its request is not what it should be' : `the field "${field}" is not what it should be` };
  };
}
