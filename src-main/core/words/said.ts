/** News that comes again and again while nothing changes, by what it is about: only the latest of a run is worth showing. */
export type Run = 'check' | 'renewal' | 'work' | 'delivery';

/** What a log line says to the owner. */
export interface Said {
  readonly tone: 'good' | 'plain' | 'bad';
  /** A sentence or more, without secrets and without names out of the code. */
  readonly text: string;
  /** Null for what is news each time. */
  readonly run: Run | null;
}

/** Something to be glad of. */
export function good(text: string): Said {
  return { tone: 'good', text, run: null };
}

/** Neither good nor bad. */
export function plain(text: string): Said {
  return { tone: 'plain', text, run: null };
}

/** Something that does not work. */
export function bad(text: string): Said {
  return { tone: 'bad', text, run: null };
}

/** The same as part of a run. */
export function inRun(run: Run, said: Said): Said {
  return { ...said, run };
}
