import { z } from 'zod';
import { systemClock } from './clock.ts';
import { openJsonDocument } from './json-document.ts';

const preferencesSchema = z.object({
  /** The owner was told that closing the window leaves Evertoken in the tray. */
  closeExplained: z.boolean().default(false),
  /** No notification is shown before this, ms since 1970; null where they are shown. */
  notificationsPausedUntil: z.number().nullable().default(null),
  /** When that pause began: what was told since then has not been shown. */
  notificationsPausedFrom: z.number().nullable().default(null),
  /** The owner turned the gateway for bots on. */
  gatewayEnabled: z.boolean().default(false),
  /** The port that the owner chose for it; null for the usual one. */
  gatewayPort: z.number().int().min(1).max(65_535).nullable().default(null),
});

/** What the desktop app remembers about itself. Losing it costs the owner a repeated explanation, and turning the gateway on again. */
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
  const { document } = await openJsonDocument({ folder, name: 'desktop', schema: preferencesSchema, empty: preferencesSchema.parse({}), clock: systemClock(), mayBeLost: true });
  return { get: () => document.get(), set: (change) => document.save({ ...document.get(), ...change }) };
}
