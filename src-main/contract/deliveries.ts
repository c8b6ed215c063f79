import type { Outcome } from './outcome.ts';

/** How a delivery stands: done, waiting, held up because of something that passes or that the owner must decide. */
export type DeliveryStanding = 'done' | 'pending' | 'failed' | 'needs-owner';

/** A delivery as window, server and command line show it. Times are ISO 8601; nothing here is a secret. */
export interface DeliveryView {
  readonly id: string;
  readonly connection: string;
  readonly kind: 'env-file' | 'command';
  /** The file's path, or the command as one line. */
  readonly target: string;
  /** The variable's name; null for a command. */
  readonly variable: string | null;
  readonly keepBackup: boolean;
  readonly standing: DeliveryStanding;
  /** Why, in a sentence with what to do; null where it is done or simply waits for its turn. */
  readonly text: string | null;
  /** Stable code of the same; null likewise. */
  readonly code: string | null;
  readonly lastDone: string | null;
  /** Fingerprint of the token that was delivered last. */
  readonly fingerprint: string | null;
  readonly nextTry: string | null;
}

/** A delivery as a consumer's key sees it: that it is, and how it stands, without what it says of the owner's computer. */
export type DeliverySummary = Pick<DeliveryView, 'connection' | 'kind' | 'standing' | 'lastDone' | 'fingerprint' | 'nextTry'>;

/** A new delivery into a `.env` file. */
export interface AddEnvFileRequest {
  readonly connection: string;
  /** Absolute path. */
  readonly file: string;
  readonly variable: string;
  readonly keepBackup: boolean;
}

/** A command to run after each delivery of a connection; takes the place of an earlier one. */
export interface SetCommandRequest {
  readonly connection: string;
  /** Program and arguments, as a list; no shell reads them. */
  readonly argv: readonly string[];
  /** Absolute path; null for the owner's home. */
  readonly folder: string | null;
  readonly timeoutSeconds: number;
}

/** Which deliveries are to be made now. */
export interface DeliverRequest {
  /** Id of a connection, or null for all. */
  readonly connection: string | null;
  /** Id of one delivery, or null for all of the connection. */
  readonly delivery: string | null;
  /** The owner's yes to writing over a value that somebody changed by hand. */
  readonly overwrite: boolean;
}

/** What an owner can ask about deliveries. Every answer is an outcome in words and code. */
export interface DeliveryDesk {
  list(): readonly DeliveryView[];
  addEnvFile(request: AddEnvFileRequest): Promise<Outcome>;
  setCommand(request: SetCommandRequest): Promise<Outcome>;
  remove(id: string): Promise<Outcome>;
  /** Delivers now what is not delivered, and says how each went. */
  deliver(request: DeliverRequest): Promise<Outcome>;
}
