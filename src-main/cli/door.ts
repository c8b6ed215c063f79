/** Where a running Evertoken takes questions. */
export type Door =
  /** A socket of the file system, on Windows a named pipe. */
  | { readonly kind: 'socket'; readonly path: string }
  /** A port of 127.0.0.1. */
  | { readonly kind: 'port'; readonly port: number };

/** The door as a person reads it, after a verb: "on port 28743 of this computer". */
export function doorWords(door: Door): string {
  return door.kind === 'port' ? `on port ${door.port} of this computer` : `on the socket ${door.path}`;
}
