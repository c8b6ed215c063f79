import { z } from 'zod';
import type { CreatedKey } from './keys.ts';
import type { Outcome } from './outcome.ts';
import { acknowledgeSchema, addEnvFileSchema, chooseNumberSchema, connectSchema, createKeySchema, deliverSchema, emptySchema, replaceSchema, setCommandSchema } from './schemas.ts';
import type { Channel } from './window-channels.ts';
import type { HistoryEntry, WindowView } from './window-view.ts';

/** One channel: how its request is checked, and the type of its answer. */
export interface ChannelRow<Schema extends z.ZodType, Answer> {
  readonly request: Schema;
  /** Carries the type alone; there is no value. */
  readonly answer?: Answer;
}

function answering<Answer>(): <Schema extends z.ZodType>(request: Schema) => ChannelRow<Schema, Answer> {
  return (request) => ({ request });
}

const outcome = answering<Outcome>();
const connectionId = z.string().min(1).max(200);
const onConnection = z.strictObject({ connection: connectionId });

/** The one table of what window and main say to each other: handlers, preload and test doubles are derived from it. */
export const WINDOW_TABLE = {
  view: answering<WindowView>()(emptySchema),
  history: answering<readonly HistoryEntry[]>()(z.strictObject({ connection: connectionId.nullable().default(null) }).default({ connection: null })),
  /** `token` may hold a whole `.env`. */
  connect: outcome(connectSchema),
  /** Asks for a file in a dialog of the system's; what stands in it never reaches the window. */
  importEnvFile: outcome(emptySchema),
  refresh: outcome(onConnection),
  check: outcome(onConnection),
  replace: outcome(replaceSchema.omit({ confirmed: true }).extend({ connection: connectionId })),
  /** After `replace` answered with code `confirm`: main still holds what was pasted, so that it crosses only once. */
  confirmReplace: outcome(onConnection),
  /** The owner's no to the same: what was pasted is let go of at once. */
  forgetReplace: outcome(onConnection),
  chooseNumber: outcome(chooseNumberSchema.extend({ connection: connectionId })),
  remove: outcome(onConnection),
  acknowledge: outcome(acknowledgeSchema),
  openLink: outcome(z.strictObject({ url: z.string().max(2_000) })),
  showTrayIcon: outcome(emptySchema),
  setStartAtLogin: outcome(z.strictObject({ enabled: z.boolean() })),
  pauseNotifications: outcome(z.strictObject({ until: z.enum(['hour', 'tomorrow', 'now']) })),
  /** Turns the gateway on or off and moves it to another port; refused in server mode, where the command line says so. */
  setGateway: outcome(z.strictObject({ enabled: z.boolean(), port: z.number().int().min(1).max(65_535) })),
  createKey: answering<CreatedKey>()(createKeySchema),
  revokeKey: outcome(z.strictObject({ id: z.string().min(1).max(200) })),
  /** `file` null: asks for it in a dialog of the system's, where there is one. */
  addEnvDelivery: outcome(addEnvFileSchema.extend({ file: addEnvFileSchema.shape.file.nullable() })),
  setCommand: outcome(setCommandSchema),
  removeDelivery: outcome(z.strictObject({ id: z.string().min(1).max(200) })),
  deliver: outcome(deliverSchema),
} satisfies Record<Channel, ChannelRow<z.ZodType, unknown>>;
