import { z } from 'zod';
import type { Right } from '../core/consumers/consumer.ts';

// The contract takes types from the core, no values; the compiler sees to it that the two lists agree.
const RIGHTS = ['graph', 'token', 'status', 'refresh'] as const satisfies readonly Right[];

/** A name or id as an owner types it. Control characters would let a label repaint the terminal it is shown on. */
const words = z
  .string()
  .max(200)
  .refine((text) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text))
  .transform((text) => text.trim())
  .transform((text) => (text === '' ? null : text));

const optionalWords = words.nullable().default(null);

/** As pasted; the keeper cleans it and has a sentence for each way in which it can be wrong. */
const token = z.string();

/** Only the length is held here: what an app secret looks like is Meta's business. */
const appSecret = z.string().trim().max(4096);

/** `POST /admin/connections`, ready for the keeper. */
export const connectSchema = z.strictObject({
  token,
  label: optionalWords,
  environment: optionalWords,
  appId: optionalWords,
  appSecret: appSecret
    .transform((text) => (text === '' ? null : text))
    .nullable()
    .default(null),
  phoneNumberId: optionalWords,
  wabaId: optionalWords,
  source: z.enum(['connect', 'import']).default('connect'),
});

/** `POST /admin/connections/{id}/replace`, ready for the keeper. */
export const replaceSchema = z.strictObject({
  token: token.nullable().default(null),
  app: z
    .strictObject({ appId: z.string().trim().min(1).max(200), appSecret: appSecret.min(1) })
    .nullable()
    .default(null),
  confirmed: z.boolean().default(false),
});

/** `POST /admin/connections/{id}/number`, ready for the keeper. */
export const chooseNumberSchema = z.strictObject({ phoneNumberId: z.string().trim().min(1).max(200) });

/** `POST /admin/alerts/acknowledge`. */
export const acknowledgeSchema = z.strictObject({ id: z.string().min(1).max(500) });

const id = z.string().min(1).max(200);

/** `POST /admin/keys`. What is empty goes through: the desk has a sentence for it. */
export const createKeySchema = z.strictObject({
  name: words.transform((text) => text ?? ''),
  rights: z.array(z.enum(RIGHTS)).max(RIGHTS.length),
  connections: z.array(id).max(1_000).nullable().default(null),
});

/** A path or an argument as it goes to the system: a NUL would end it early. */
const systemText = z.string().max(4_096).refine((text) => !text.includes('\0'));

/** `POST /admin/deliveries`. The name is what every shell and `.env` reader takes for one. */
export const addEnvFileSchema = z.strictObject({
  connection: id,
  file: systemText.min(1),
  variable: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,199}$/).default('WHATSAPP_ACCESS_TOKEN'),
  keepBackup: z.boolean().default(false),
});

/** `POST /admin/deliveries/command`. */
export const setCommandSchema = z.strictObject({
  connection: id,
  argv: z.array(systemText).min(1).max(100),
  folder: systemText.min(1).nullable().default(null),
  timeoutSeconds: z.number().int().min(1).max(3_600).default(60),
});

/** `POST /admin/deliver`. */
export const deliverSchema = z.strictObject({ connection: id.nullable().default(null), delivery: id.nullable().default(null), overwrite: z.boolean().default(false) });

/** For routes without a body: nothing, or the empty object that many HTTP libraries send on their own. */
export const emptySchema = z.strictObject({}).default({});
