/** What the pacer is asked to do; the key goes by message because a command line can be read by everybody. */
export interface PacerJob {
  readonly url: string;
  readonly bearer: string;
  readonly body: string;
  readonly perSecond: number;
  readonly seconds: number;
}

/** How long calls took, each from the moment it was due until its answer was read whole, ms. */
export interface Paced {
  readonly calls: number;
  readonly p50: number;
  readonly p99: number;
  /** Calls that were not answered with a 2xx. */
  readonly failed: number;
}
