import { z } from 'zod';

/** One secret in the vault, with the id of the marker it was written for. */
export interface KeptSecret {
  readonly id: string;
  readonly secret: string;
}

/** All secrets by account. */
export type VaultContents = Readonly<Record<string, KeptSecret>>;

const schema = z.object({ version: z.literal(1), secrets: z.record(z.string(), z.object({ id: z.string(), secret: z.string() })) });

/** The vault's inner text. */
export function formatContents(contents: VaultContents): string {
  return JSON.stringify({ version: 1, secrets: contents });
}

/** The secrets in the vault's inner text, or null where it is something else. */
export function parseContents(text: string): VaultContents | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data.secrets : null;
  } catch {
    return null;
  }
}
