import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Refusal } from './refusal.ts';

/** What the server tells a section about the door a request came in by. */
export interface Door {
  /** The values of `Host` that name this server; null where it has none, on a socket of the file system. */
  readonly hosts: ReadonlySet<string> | null;
  /** Tells a caller that waits for leave (`Expect: 100-continue`) to send its body. Call it only once it may. */
  readonly continueBody: () => void;
  /** Writes a refusal into the log, at most one a minute for each reason. */
  readonly refused: (refusal: Refusal, method: string | null) => void;
}

/** A part of the server with addresses and rules of its own, beside the admin routes. */
export interface Section {
  /** Whether a request with this raw target (path and query, as sent) is this section's affair. */
  takes(target: string): boolean;
  /**
   * Checks and answers one request; resolves when nothing more will be done for it. Every check is the section's own
   * affair. A rejection is logged and, where nothing was sent yet, refused with `failed-inside`.
   */
  serve(request: IncomingMessage, response: ServerResponse, door: Door): Promise<void>;
  /** Answers a refusal of the server's own in the section's shape; in that of the admin routes unless given. */
  readonly refuse?: (response: ServerResponse, refused: Refusal) => void;
  /** Ends what would go on for ever, such as a stream of changes, so that the server can stop. */
  close(): void;
}
