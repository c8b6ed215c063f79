import { setTimeout as wait } from 'node:timers/promises';

/** How long what must be put away may take, ms. */
const PATIENCE = 3_000;

const tasks: (() => Promise<void>)[] = [];

/** Has something put away before the process ends. */
export function beforeExit(task: () => Promise<void>): void {
  tasks.push(task);
}

/** Puts everything away and ends the process. Chromium hangs on a pipe of this process, so it goes even where this is cut short. */
export async function endProcess(code: number): Promise<never> {
  await Promise.race([Promise.allSettled(tasks.map((task) => task())), wait(PATIENCE)]);
  process.exit(code);
}
