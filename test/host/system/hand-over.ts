import { randomUUID } from 'node:crypto';
import { type FSWatcher, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a second instance tells the first. */
export interface HandOver {
  readonly argv: string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

/** How often the first instance looks by itself, ms: where the system tells it of new files, and where it does not. */
const LOOK_EVERY = { watched: 2_000, unwatched: 150 };

const inboxOf = (folder: string): string => join(folder, 'inbox');

/** Leaves a message for the holder of a lock. It appears whole or not at all. */
export function leaveMessage(folder: string, generation: number, message: HandOver): void {
  const inbox = inboxOf(folder);
  mkdirSync(inbox, { recursive: true });
  const name = `${generation}-${Date.now()}-${randomUUID()}`;
  writeFileSync(join(folder, name), JSON.stringify(message));
  renameSync(join(folder, name), join(inbox, `${name}.json`));
}

/** Takes messages as they come, oldest first; those for an earlier holder are thrown away. Answers how to stop. */
export function takeMessages(folder: string, generation: number, onMessage: (message: HandOver) => void): () => void {
  const inbox = inboxOf(folder);
  mkdirSync(inbox, { recursive: true });
  const look = (): void => {
    for (const name of readdirSync(inbox).filter((entry) => entry.endsWith('.json')).toSorted()) {
      const file = join(inbox, name);
      const mine = name.startsWith(`${generation}-`);
      const text = mine ? readFileSync(file, 'utf8') : '';
      rmSync(file, { force: true });
      if (mine) onMessage(JSON.parse(text) as HandOver);
    }
  };
  let watcher: FSWatcher | null = null;
  try {
    watcher = watch(inbox, look);
    watcher.on('error', () => undefined);
  } catch {
    // No watches left on this machine: the timer does it alone.
  }
  const timer = setInterval(look, watcher === null ? LOOK_EVERY.unwatched : LOOK_EVERY.watched);
  look();
  return () => {
    clearInterval(timer);
    watcher?.close();
  };
}
