/** How a trial's clock differs from the computer's. */
export interface ClockSetting {
  /** Added to the wall clock, ms. */
  readonly offsetMs: number;
  /** How many ms of this clock pass in one real ms; greater than 0. */
  readonly rate: number;
}

/** What a clock file asks for: an offset, or that it be a certain instant (ms since 1970) now. */
export type ClockWish = ClockSetting | { readonly instant: number; readonly rate: number };

/** Every name that a field may go by, with the milliseconds in one of it. */
const OFFSETS: ReadonlyMap<string, number> = new Map([
  ...['offset', 'offsetMs', 'offset_ms'].map((name) => [name, 1] as const),
  ...['offsetSeconds', 'offset_seconds', 'offset_s'].map((name) => [name, 1_000] as const),
]);
const RATES: readonly string[] = ['rate', 'speed'];
const INSTANTS: readonly string[] = ['now', 'time'];

/**
 * Reads a clock file: JSON such as `{"offsetMs": 0, "rate": 1}` under any of the usual names, or plain text,
 * `OFFSET_MS [RATE]`. Null where it cannot be understood; JSON without one known name is not understood either, for a
 * misspelt name would otherwise pass for the real time.
 */
export function parseClockWish(raw: string): ClockWish | null {
  const plain = /^\s*([+-]?\d+(?:\.\d+)?)(?:\s+(\d+(?:\.\d+)?))?\s*$/.exec(raw);
  if (plain !== null) return wish(Number(plain[1]), plain[2] === undefined ? 1 : Number(plain[2]), null);
  let value: unknown;
  try {
    // Some editors put a byte order mark in front.
    value = JSON.parse(raw.replace(/^\ufeff/, ''));
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return wishIn(new Map<string, unknown>(Object.entries(value)));
}

function wishIn(fields: ReadonlyMap<string, unknown>): ClockWish | null {
  const first = (names: Iterable<string>): string | undefined => [...names].find((name) => fields.has(name));
  const offset = first(OFFSETS.keys());
  const rate = first(RATES);
  const instant = first(INSTANTS);
  if (offset === undefined && rate === undefined && instant === undefined) return null;
  const offsetMs = offset === undefined ? 0 : numberIn(fields.get(offset), OFFSETS.get(offset) ?? 1);
  return wish(offsetMs, rate === undefined ? 1 : numberIn(fields.get(rate), 1), instant === undefined ? null : instantIn(fields.get(instant)));
}

function wish(offsetMs: number, rate: number, instant: number | null): ClockWish | null {
  if (![offsetMs, rate, instant ?? 0].every(Number.isFinite) || rate <= 0) return null;
  return instant === null ? { offsetMs, rate } : { instant, rate };
}

/** NaN for anything but a number: `wish` then refuses. */
function numberIn(value: unknown, unit: number): number {
  return typeof value === 'number' ? value * unit : Number.NaN;
}

function instantIn(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : numberIn(value, 1);
}
