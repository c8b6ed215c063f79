/** A `.env` file that a connection's token is written into. */
export interface EnvTarget {
  /** Absolute path as the owner gave it; links in it are followed at each write. */
  readonly file: string;
  /** Name of the variable whose value is set. */
  readonly variable: string;
  /** Whether the file as it was before the last write is kept beside it, for one generation. */
  readonly keepBackup: boolean;
  /** What the file was when the owner named it; missing in what older versions kept, until the first look. */
  readonly place?: EnvPlace | undefined;
}

/** What a file must still be when a token is written into it, so that nobody else can lead the token elsewhere. */
export interface EnvPlace {
  /** Absolute path with every link followed. */
  readonly path: string;
  /** The user that it belongs to; null on Windows. */
  readonly uid: number | null;
  /** Whether every user of the computer may read it. */
  readonly isPublic: boolean;
}

/** What is run after a token was delivered: a program with its arguments, without a shell. */
export interface AfterCommand {
  /** Program first, at least that. */
  readonly argv: readonly string[];
  /** Absolute folder that it runs in; null for the owner's home. */
  readonly folder: string | null;
  /** After so many ms it is ended. */
  readonly timeoutMs: number;
}

/** Why something was not delivered. */
export interface DeliveryFault {
  /** Stable, kebab-case: `read-only`, `vanished`, `changed-by-hand`, `unproved`, `command-failed` … */
  readonly code: string;
  /** A sentence for the owner, with what to do. */
  readonly text: string;
  /** ms since 1970, of the first failure in a row. */
  readonly since: number;
  /** Tries in a row that failed. */
  readonly failures: number;
}

/** How a delivery stands. `fingerprint` is that of the token, never the token. */
export interface DeliveryState {
  /** What was written (or run) last; null before the first time. */
  readonly done: { readonly at: number; readonly fingerprint: string } | null;
  readonly fault: DeliveryFault | null;
  /** ms since 1970; null where nothing is to be tried. */
  readonly nextTryAt: number | null;
  /**
   * SHA-256 (hex), newest first: of the values that Evertoken itself put into a file, so that what is none of them was changed by
   * hand; of a command, of the tokens it was started for.
   */
  readonly ownValues: readonly string[];
}

/** One delivery of one connection: to a file, or by a command that runs when the files are done. */
export interface Delivery {
  readonly id: string;
  /** Id of the connection. */
  readonly connection: string;
  readonly to: { readonly kind: 'env-file'; readonly target: EnvTarget } | { readonly kind: 'command'; readonly command: AfterCommand };
  /** ms since 1970. */
  readonly addedAt: number;
  readonly state: DeliveryState;
}

/** Where deliveries are kept. `save` rejects where the disk refuses. */
export interface DeliveryStore {
  get(): readonly Delivery[];
  save(deliveries: readonly Delivery[]): Promise<void>;
}
