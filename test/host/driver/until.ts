import { setTimeout as wait } from 'node:timers/promises';

/** How often is looked, ms. */
const LOOK_EVERY = 25;

/** Asks again and again until the answer is neither false, null nor undefined, and gives it. Fails after `patience` ms, naming what it waited for and why not. */
export async function until<Value>(what: string, ask: () => Value | Promise<Value>, patience = 30_000): Promise<NonNullable<Exclude<Value, false>>> {
  const end = performance.now() + patience;
  let why = '';
  for (;;) {
    try {
      const value = await ask();
      if (value !== null && value !== undefined && value !== false) return value as NonNullable<Exclude<Value, false>>;
      why = `the last answer was ${String(value)}`;
    } catch (error) {
      why = error instanceof Error ? error.message : String(error);
    }
    if (performance.now() > end) throw new Error(`Waited ${patience} ms in vain for ${what}; ${why}`);
    await wait(LOOK_EVERY);
  }
}
