/** How much and how long a caller may take. Sizes in bytes, times in ms. */
export interface GatewayLimits {
  /** Request line and headers together. */
  readonly headerBytes: number;
  readonly bodyBytes: number;
  /** Until the last header is here. */
  readonly headersMs: number;
  /** Until the whole body of an admin request is here. How long an answer takes is another matter: Meta may need a minute. */
  readonly requestMs: number;
  /** How often the headers' time is looked at. */
  readonly sweepMs: number;
  readonly keepAliveMs: number;
  readonly connections: number;
  /** How long a caller that was told the end of its connection may take to hang up as well. */
  readonly lingerMs: number;
  /** How long `close` waits for what is under way. */
  readonly closeMs: number;
}

/** What a bot or a command line on the same machine never needs more of. */
export const GATEWAY_LIMITS: GatewayLimits = {
  headerBytes: 16 * 1024,
  bodyBytes: 64 * 1024,
  headersMs: 5_000,
  requestMs: 10_000,
  sweepMs: 1_000,
  keepAliveMs: 5_000,
  connections: 8_192,
  lingerMs: 2_000,
  closeMs: 5_000,
};
