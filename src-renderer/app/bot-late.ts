import { late } from './late.tsx';

// One file of the built window, fetched once: whoever only looks how the token is does not wait for it.

/** How the bots get the token. */
export const BotSection = late(async () => (await import('../features/bot/bot.ts')).BotSection);

/** The dialogs about it. */
export const BotDialogs = late(async () => (await import('../features/bot/bot.ts')).BotDialogs);
