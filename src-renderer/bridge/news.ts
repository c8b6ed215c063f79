import { EVENTS_PATH, SILENCE_LIMIT } from '../../src-main/contract/window-http.ts';
import { linesOf } from './lines.ts';

/** First and longest wait before the stream is opened again, ms. */
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;

/** What becomes of the stream. */
export interface NewsListener {
  /** A line, parsed. */
  readonly heard: (telling: unknown) => void;
  /** Whether Evertoken can be heard; told only when that changes. */
  readonly reachable: (yes: boolean) => void;
  /** The session is over: nothing more is heard. */
  readonly refused: () => void;
}

/** Hears what Evertoken tells, over one stream that is opened again whenever it breaks, until it is stopped or refused. */
export function listenForNews(key: string, { heard, reachable, refused }: NewsListener): () => void {
  const stopped = new AbortController();
  let isReachable = true;
  const setReachable = (yes: boolean): void => {
    if (yes === isReachable) return;
    isReachable = yes;
    reachable(yes);
  };

  /** Resolves when the stream has ended; true where something was heard on it. */
  const listen = async (): Promise<boolean> => {
    const silence = new AbortController();
    let timer = setTimeout(() => silence.abort(), SILENCE_LIMIT);
    let heardAny = false;
    try {
      const response = await fetch(EVENTS_PATH, { headers: { Authorization: `Bearer ${key}` }, cache: 'no-store', signal: AbortSignal.any([stopped.signal, silence.signal]) });
      if (response.status === 401) {
        stopped.abort();
        refused();
        return false;
      }
      if (!response.ok || response.body === null) return false;
      for await (const line of linesOf(response.body)) {
        clearTimeout(timer);
        timer = setTimeout(() => silence.abort(), SILENCE_LIMIT);
        heardAny = true;
        setReachable(true);
        if (line !== '') heard(JSON.parse(line));
      }
    } catch {
      // Broken, silent or stopped: the loop below knows what to do.
    } finally {
      clearTimeout(timer);
    }
    return heardAny;
  };

  const keepListening = async (): Promise<void> => {
    let wait = FIRST_WAIT;
    while (!stopped.signal.aborted) {
      const wasHeard = await listen();
      if (stopped.signal.aborted) return;
      setReachable(false);
      wait = wasHeard ? FIRST_WAIT : Math.min(LONGEST_WAIT, wait * 2);
      await pause(wait, stopped.signal);
    }
  };
  void keepListening();
  return () => stopped.abort();
}

/** Waits, or less where the browser says that the network is back or the owner looks at the page again. */
function pause(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = new AbortController();
    const end = (): void => {
      clearTimeout(timer);
      over.abort();
      resolve();
    };
    const timer = setTimeout(end, ms);
    stopped.addEventListener('abort', end, { signal: over.signal });
    addEventListener('online', end, { signal: over.signal });
    document.addEventListener('visibilitychange', end, { signal: over.signal });
  });
}
