/** The outcome of something the owner asked for, in code and words. */
export interface Outcome {
  readonly ok: boolean;
  /** Stable, kebab-case. */
  readonly code: string;
  /** One or more plain sentences; says what to do next where `ok` is false. */
  readonly message: string;
  readonly connection: string | null;
  /** Differences to confirm, warnings, numbers to choose from. */
  readonly details: readonly string[];
}
