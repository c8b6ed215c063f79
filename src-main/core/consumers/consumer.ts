/** What a key opens: reading the status, renewing, taking the token itself, or calling Meta through Evertoken. */
export type Right = 'status' | 'refresh' | 'token' | 'graph';

/** Every right there is, in the order in which they are shown. */
export const RIGHTS: readonly Right[] = ['graph', 'token', 'status', 'refresh'];

/** What came through a key so far. */
export interface Usage {
  /** ms since 1970; null where the key was never used. */
  readonly lastUsedAt: number | null;
  /** Requests that were admitted with it. */
  readonly calls: number;
  /** How often the token behind one of its connections had changed since its last call. */
  readonly renewals: number;
  /** Admitted requests that ended in an error, of Meta's or of ours. */
  readonly errors: number;
}

/** One consumer of the gateway: a bot, a script. Holds no secret: the key itself is shown once and then known to its holder alone. */
export interface Consumer {
  /** Public id of the key. */
  readonly id: string;
  /** What the owner calls it. */
  readonly name: string;
  /** SHA-256 of the key, lower-case hex. */
  readonly digest: string;
  readonly rights: readonly Right[];
  /** Ids of the connections that it opens; null for all, also those that are made later. */
  readonly connections: readonly string[] | null;
  /** ms since 1970. */
  readonly createdAt: number;
  readonly usage: Usage;
}

/** Where consumers are kept. `save` rejects where the disk refuses. */
export interface ConsumerStore {
  get(): readonly Consumer[];
  save(consumers: readonly Consumer[]): Promise<void>;
}

/** Whether a consumer may do this on that connection; `connection` is null for what concerns none in particular. */
export function mayUse({ rights, connections }: Pick<Consumer, 'rights' | 'connections'>, right: Right, connection: string | null): boolean {
  return rights.includes(right) && (connections === null || connection === null || connections.includes(connection));
}
