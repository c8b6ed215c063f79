import { readLogTail } from '../adapters/log-tail.ts';
import type { HistoryEntry } from '../contract/window-view.ts';
import { lastingWords, type LogRecord, type News, newsOf } from '../core/words/history.ts';

/** What happened lately, in sentences for the owner. */
export interface History {
  /** Takes a line as it goes into the log. Never throws. */
  take(line: string): void;
  /** Reads what the log holds from before the first line that was taken. Never rejects; nothing waits for it. */
  recall(): Promise<void>;
  /** The newest 200, newest first: of one connection, or with null of all and of the app itself. */
  entries(connection: string | null): readonly HistoryEntry[];
}

const SHOWN = 200;
/** More than is shown at once, so that a connection among many has entries of its own. */
const KEPT = 1_000;
const LINES_READ = 1_000;

/** News with the time (ISO 8601) at which its run began. */
interface Kept {
  readonly news: News;
  readonly since: string;
}

/**
 * The history of a log in this folder. It is kept nowhere but in the log, so it reaches back over restarts as far as the
 * log does. Of news that comes again while nothing changes only the latest is kept, with the time since when it has been so.
 */
export function createHistory(folder: string): History {
  let kept: Kept[] = [];
  let firstTaken: string | null = null;
  // What was read waits for the first who asks: a server without a window never does.
  let recalled: readonly string[] = [];

  const putBefore = (): void => {
    if (recalled.length === 0) return;
    const all: Kept[] = [];
    for (const line of recalled) putLine(all, line);
    for (const { news, since } of kept) put(all, news, since);
    kept = all;
    recalled = [];
  };

  return {
    take: (line) => {
      firstTaken ??= line;
      putLine(kept, line);
    },
    recall: async () => {
      const lines = await readLogTail({ folder, lines: LINES_READ, wanted: isNoCall });
      // Lines reach the disk in the order in which they were taken: from the first of them on, all are here already.
      const taken = firstTaken === null ? -1 : lines.lastIndexOf(firstTaken);
      recalled = taken === -1 ? lines : lines.slice(0, taken);
    },
    entries: (connection) => {
      putBefore();
      const mine = connection === null ? kept : kept.filter(({ news }) => news.connection === connection);
      return mine.slice(-SHOWN).toReversed().map(entryOf);
    },
  };
}

function entryOf({ news: { at, connection, tone, text }, since }: Kept): HistoryEntry {
  return { at, connection, tone, text: tone === 'good' || since === at ? text : lastingWords(text, since) };
}

function putLine(list: Kept[], line: string): void {
  const record = isNoCall(line) ? recordOf(line) : null;
  const news = record === null ? null : newsOf(record);
  if (news !== null) put(list, news, news.at);
}

function put(list: Kept[], news: News, since: string): void {
  const before = news.run === null ? -1 : sameBefore(list, news);
  const [former] = before === -1 ? [] : list.splice(before, 1);
  list.push({ news, since: former?.since ?? since });
  if (list.length > KEPT) list.shift();
}

/** Where the same was said in the present run about one connection; -1 where it was not. A change between good and not good ends a run. */
function sameBefore(list: readonly Kept[], { connection, run, tone, text }: News): number {
  for (let index = list.length - 1; index >= 0; index -= 1) {
    const other = list[index]?.news;
    if (other === undefined || other.connection !== connection) continue;
    // Something good, such as another token, is a change; an alert only speaks of what the run speaks of.
    if (other.run === null ? other.tone === 'good' : other.run === run && (other.tone === 'good') !== (tone === 'good')) return -1;
    if (other.run === run && other.text === text) return index;
  }
  return -1;
}

/** Most lines of a log are single calls to Meta, which are no news. */
function isNoCall(line: string): boolean {
  return !line.includes('"event":"graph-call"');
}

function recordOf(line: string): LogRecord | null {
  try {
    const parsed: unknown = JSON.parse(line);
    if (!isObject(parsed)) return null;
    const { at, event, ...facts } = parsed;
    return typeof at === 'string' && typeof event === 'string' ? { at, event, facts } : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
