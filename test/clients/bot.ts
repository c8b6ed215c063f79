/** What a shop's bot does with Meta, whichever client it is written with. Every method rejects with a `GraphRefusal` where the client told of an error in Meta's shape. */
export interface Bot {
  /** The package it is written with. */
  readonly client: string;
  /** Sends a text; the id of the message. */
  sendText(to: string, body: string): Promise<string>;
  /** Sends a template in `en_US` and without parameters; the id of the message. */
  sendTemplate(to: string, name: string): Promise<string>;
  /** Uploads a PNG; the id of the file. */
  upload(bytes: Uint8Array<ArrayBuffer>): Promise<string>;
  /** Looks a file up and fetches it, as the client's users do. */
  download(mediaId: string): Promise<Uint8Array>;
  /** The shop's number as Meta shows it. */
  readNumber(): Promise<string>;
}

/** What a bot is told to work with: where Graph is, a token as far as it knows, and the number's id. */
export interface BotSettings {
  /** `http://127.0.0.1:PORT/graph/{connection}`, without a version. */
  readonly base: string;
  readonly key: string;
  readonly phoneNumberId: string;
}

/** An error as the client surfaced it, in the terms of Meta's shape. */
export class GraphRefusal extends Error {
  readonly status: number | null;
  readonly code: unknown;
  readonly type: unknown;

  constructor(error: unknown, status: number | null, cause?: unknown) {
    const { message, code, type } = (error ?? {}) as { readonly message?: unknown; readonly code?: unknown; readonly type?: unknown };
    super(typeof message === 'string' ? message : '', { cause });
    this.name = 'GraphRefusal';
    this.status = status;
    this.code = code;
    this.type = type;
  }

  /** Whether it has what clients read of Meta's errors: a message, a number, a type. */
  get inMetasShape(): boolean {
    return this.message !== '' && typeof this.code === 'number' && typeof this.type === 'string';
  }
}

/** The version that these bots name, as Meta's documentation tells them to. */
export const VERSION = 'v26.0';
