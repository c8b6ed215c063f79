/** The calls that the simulated Meta knows; faults and the journal speak of them by these names. */
export type Endpoint =
  | 'debug'
  | 'exchange'
  | 'revoke'
  | 'app'
  /** `GET /{phone-number-id}`, and reading any id that nobody knows. */
  | 'number'
  /** `GET /{waba-id}/phone_numbers` and the account itself. */
  | 'waba'
  | 'templates'
  | 'messages'
  /** Upload, look-up and removal of a file. */
  | 'media'
  /** The file itself, at the address that the look-up gave. */
  | 'download'
  | 'unknown';

/** What an id stands for. */
export type NodeKind = 'number' | 'waba' | 'media' | 'unknown';

/** A path taken apart. */
export interface Destination {
  readonly endpoint: Endpoint;
  /** `v26.0`, null where the path names no version. */
  readonly version: string | null;
  /** The id in the path, null where there is none. */
  readonly nodeId: string | null;
}

/** First segment of a download address; not a Graph path, as Meta's is on another host. */
export const DOWNLOADS = 'practice-media';

const fixed: Readonly<Record<string, Endpoint>> = {
  'GET debug_token': 'debug',
  'GET oauth/access_token': 'exchange',
  'POST oauth/access_token': 'exchange',
  'GET oauth/revoke': 'revoke',
  'GET app': 'app',
};

const edges: Readonly<Record<string, Endpoint>> = {
  'GET phone_numbers': 'waba',
  'GET message_templates': 'templates',
  'POST messages': 'messages',
  'POST media': 'media',
};

const nodes: Record<NodeKind, Endpoint> = { number: 'number', waba: 'waba', media: 'media', unknown: 'number' };

/** Finds which call a method and path are; `kindOf` says what an id in the path stands for. */
export function findDestination(method: string, path: string, kindOf: (id: string) => NodeKind): Destination {
  const segments = path.split('/').filter((segment) => segment !== '');
  const version = /^v\d+\.\d+$/.test(segments[0] ?? '') ? (segments.shift() ?? null) : null;
  const [first, second] = segments;
  const known = fixed[`${method} ${segments.join('/')}`];
  if (known !== undefined) return { endpoint: known, version, nodeId: null };
  if (first === undefined || segments.length > 2) return { endpoint: 'unknown', version, nodeId: null };
  if (second === undefined) {
    const kind = kindOf(first);
    const answered = method === 'GET' || (method === 'DELETE' && kind === 'media');
    return { endpoint: answered ? nodes[kind] : 'unknown', version, nodeId: first };
  }
  if (first === DOWNLOADS && method === 'GET') return { endpoint: 'download', version, nodeId: second };
  return { endpoint: edges[`${method} ${second}`] ?? 'unknown', version, nodeId: first };
}

/** When Meta stops answering a version, as far as its changelog says. Everything before v20.0 is long gone. */
const versionEnds: readonly (readonly [major: number, end: number])[] = [
  [19, 0],
  [20, Date.UTC(2026, 8, 24)],
  [25, Date.UTC(2028, 6, 29)],
];

/** Whether Meta no longer answers a version at `now` (ms since 1970). No version at all is the newest one. */
export function isTooOld(version: string | null, now: number): boolean {
  const major = Number(version?.slice(1).split('.')[0] ?? Number.POSITIVE_INFINITY);
  return versionEnds.some(([last, end]) => major <= last && now >= end);
}
