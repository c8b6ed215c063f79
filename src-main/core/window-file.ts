/** A file of the built window, ready to be sent. */
export interface WindowFile {
  /** Its content type. */
  readonly type: string;
  readonly body: Uint8Array;
  /** Its name holds a digest of what is in it, so a browser may keep it for ever. */
  readonly hashed: boolean;
}

/** The window's files by the path under which a browser asks for them; the page itself stands under `/`. */
export type WindowFiles = ReadonlyMap<string, WindowFile>;
