/** A connection's token in use: which it is, and whether Meta has said definitely that it is dead or cut off from its number. */
export interface TokenStand {
  /** Null where there is none at hand. */
  readonly fingerprint: string | null;
  readonly isDead: boolean;
}

/** A stand as a text that differs from every other. */
export function standWords({ fingerprint, isDead }: TokenStand): string {
  return `${isDead ? 'dead' : 'good'} ${fingerprint ?? ''}`;
}
