import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { z } from 'zod';
import { writeDurably } from './durable-file.ts';

const preferencesSchema = z.object({
  /** The owner was told that closing the window leaves Evertoken in the tray. */
  closeExplained: z.boolean().default(false),
  /** No notification is shown before this, ms since 1970; null where they are shown. */
  notificationsPausedUntil: z.number().nullable().default(null),
  /** When that pause began: what was told since then has not been shown. */
  notificationsPausedFrom: z.number().nullable().default(null),
});

/** What the desktop app remembers about itself. Losing it costs the owner nothing but a repeated explanation. */
export type DesktopPreferences = Readonly<z.infer<typeof preferencesSchema>>;

/** The preferences of this run and their way to disk. */
export interface PreferenceStore {
  get(): DesktopPreferences;
  /** Changes some and saves all. Rejects where the disk refuses; the change holds for this run all the same. */
  set(change: Partial<DesktopPreferences>): Promise<void>;
}

/**
 * Opens `desktop.json` (0600) in the data folder, which must exist. A file that is missing or cannot be read gives the
 * defaults. Apart from the settings, so that a click in the tray never touches what keeps the tokens alive.
 */
export async function openDesktopPreferences(folder: string): Promise<PreferenceStore> {
  const file = join(folder, 'desktop.json');
  let preferences = await read(file);
  // One after the other, so that the last change is the one on disk.
  const saves = pLimit(1);
  return {
    get: () => preferences,
    set: (change) => {
      preferences = { ...preferences, ...change };
      return saves(() => writeDurably(file, `${JSON.stringify(preferences)}\n`));
    },
  };
}

async function read(file: string): Promise<DesktopPreferences> {
  try {
    const stored: unknown = JSON.parse(await readFile(file, 'utf8'));
    return preferencesSchema.parse(stored);
  } catch {
    return preferencesSchema.parse({});
  }
}
