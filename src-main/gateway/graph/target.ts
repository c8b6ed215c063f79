/** A way into the Graph API. */
export interface GraphPath {
  readonly kind: 'graph';
  /** Id or label, as the caller named it. */
  readonly connection: string;
  /** `v26.0`; null where the caller left it out. */
  readonly version: string | null;
  /** What follows, with its first slash; empty for the root of the Graph API. */
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
}

/** What a request to this section asks for. */
export type GraphTarget = GraphPath | { readonly kind: 'media'; readonly ticket: string };

/** A target understood; `bad-target` where it is no plain path at all, `bad-path` where it holds what is not passed on. */
export type TargetReading = { readonly ok: true; readonly target: GraphTarget } | { readonly ok: false; readonly code: 'bad-target' | 'bad-path' };

/** Longest target that is taken, characters. Meta's longest field lists have some hundred. */
const LONGEST = 8 * 1024;

const SEGMENT = '[A-Za-z0-9_.~:=,+-]+';
const GRAPH = new RegExp(`^/graph/(${SEGMENT})(?:/(v\\d{1,3}\\.\\d{1,2}))?((?:/${SEGMENT})*)$`);
const MEDIA = /^\/media\/([A-Za-z0-9_-]{1,128})$/;
const STEP = /\/\.{1,2}(?:\/|$)/;

/** Whether a raw target is this section's affair. */
export function takesTarget(raw: string): boolean {
  return raw.startsWith('/graph/') || raw.startsWith('/media/');
}

/**
 * Takes `/graph/CONNECTION/VERSION/path?query` or `/media/TICKET` apart. Characters are allowed by name, and `new URL` is not used: it repairs
 * what should be refused (`\`, `//host`, `..`), and what is repaired here could be read otherwise by Meta. No Graph path needs a percent sign.
 */
export function readGraphTarget(raw: string): TargetReading {
  if (!raw.startsWith('/') || !/^[!-~]*$/.test(raw) || raw.includes('#') || raw.length > LONGEST) return { ok: false, code: 'bad-target' };
  const mark = raw.indexOf('?');
  const whole = mark === -1 ? raw : raw.slice(0, mark);
  if (STEP.test(whole)) return { ok: false, code: 'bad-path' };
  const graph = GRAPH.exec(whole);
  const [, connection, version, path] = graph ?? [];
  if (connection !== undefined) return { ok: true, target: { kind: 'graph', connection, version: version ?? null, path: path ?? '', query: mark === -1 ? '' : raw.slice(mark + 1) } };
  const ticket = MEDIA.exec(whole)?.[1];
  return ticket === undefined ? { ok: false, code: 'bad-path' } : { ok: true, target: { kind: 'media', ticket } };
}
