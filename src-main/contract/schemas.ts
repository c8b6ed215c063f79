import { z } from 'zod';

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

/** For routes without a body: nothing, or the empty object that many HTTP libraries send on their own. */
export const emptySchema = z.strictObject({}).default({});
