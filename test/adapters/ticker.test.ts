import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { everyMinute } from '../../src-main/adapters/ticker.ts';
import type { Ticker } from '../../src-main/adapters/ticker.ts';

const MINUTE = 60_000;
let ticker: Ticker | null = null;
beforeEach(() => void vi.useFakeTimers({ now: 0 }));
afterEach(() => {
  void ticker?.stop();
  vi.useRealTimers();
});

/** The real clocks, with a wall clock that a test sets and a rate. */
function setUp(options: { rate?: number; tick?: () => Promise<void> } = {}) {
  const events: string[] = [];
  const errors: unknown[] = [];
  const rate = options.rate ?? 1;
  const jump = { wall: 0 };
  const clock = { now: () => Date.now() * rate + jump.wall, monotonic: () => performance.now() * rate, rate: () => rate };
  ticker = everyMinute(clock, {
    tick: async () => {
      events.push(`tick ${Date.now()}`);
      await options.tick?.();
    },
    onWake: async () => void events.push(`wake ${Date.now()}`),
    onError: (error) => errors.push(error),
  });
  return { events, errors, jump };
}

describe('the minute ticker', () => {
  it('ticks a minute apart', async () => {
    const { events } = setUp();
    await vi.advanceTimersByTimeAsync(3 * MINUTE);
    expect(events).toEqual(['tick 60000', 'tick 120000', 'tick 180000']);
  });

  it.each([
    [60, 1_000],
    [1_000_000, 20],
    [0.001, MINUTE],
  ])('at a rate of %d ticks every %d real ms', async (rate, every) => {
    const { events } = setUp({ rate });
    await vi.advanceTimersByTimeAsync(5 * every);
    expect(events).toEqual([1, 2, 3, 4, 5].map((n) => `tick ${n * every}`));
  });

  it('never overlaps: the next minute counts from the end of a run', async () => {
    const { events } = setUp({ tick: () => new Promise((resolve) => setTimeout(resolve, 5 * MINUTE)) });
    await vi.advanceTimersByTimeAsync(8 * MINUTE);
    expect(events).toEqual(['tick 60000', 'tick 420000']);
  });

  it.each([3 * MINUTE, -3 * MINUTE])('takes a wall clock that moved by %d ms for a wake, once', async (shift) => {
    const { events, jump } = setUp();
    jump.wall = shift;
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(events).toEqual(['wake 60000', 'tick 120000']);
  });

  it('lets a small correction of the clock pass', async () => {
    const { events, jump } = setUp();
    jump.wall = MINUTE;
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(events).toEqual(['tick 60000']);
  });

  it('takes a timer that fires much too late for a wake, where the monotonic clock counts sleep', async () => {
    let awake = 0;
    const asleep = vi.spyOn(performance, 'now').mockImplementation(() => awake);
    const { events } = setUp();
    awake = 10 * MINUTE;
    vi.setSystemTime(9 * MINUTE);
    await vi.advanceTimersByTimeAsync(MINUTE);
    asleep.mockRestore();
    expect(events).toEqual(['wake 600000']);
  });

  it('hands an error over and goes on', async () => {
    const { events, errors } = setUp({ tick: () => Promise.reject(new Error('tick failed')) });
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    expect(events).toHaveLength(2);
    expect(errors).toEqual([new Error('tick failed'), new Error('tick failed')]);
  });

  it('can be poked, also during a run, and counts the minute anew', async () => {
    const { events } = setUp({ tick: () => new Promise((resolve) => setTimeout(resolve, 1_000)) });
    await vi.advanceTimersByTimeAsync(30_000);
    ticker?.poke();
    await vi.advanceTimersByTimeAsync(MINUTE + 500);
    ticker?.poke();
    ticker?.poke();
    await vi.advanceTimersByTimeAsync(500);
    expect(events).toEqual(['wake 30000', 'tick 90000', 'wake 91000']);
  });

  it('stops for good, after the run under way', async () => {
    const { events } = setUp({ tick: () => new Promise((resolve) => setTimeout(() => (events.push('end'), resolve()), 1_000)) });
    await vi.advanceTimersByTimeAsync(MINUTE);
    const stopped = ticker?.stop().then(() => events.push('stopped'));
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    await stopped;
    ticker?.poke();
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(events).toEqual(['tick 60000', 'end', 'stopped']);
  });
});
