import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventually, openPageHouse } from './page-house.ts';

const MINUTE = 60_000;

/** Time for what was sent to arrive: real sockets need turns of the event loop and no clock. */
const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

/** Labels in the views that were told; a heartbeat is an empty line. */
const labels = (lines: readonly string[]): readonly string[] => lines.filter((line) => line !== '').map((line) => (JSON.parse(line) as { payload: { status: { connections: { label: string }[] } } }).payload.status.connections[0]?.label ?? '');

describe('the stream of news', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }));
  afterEach(() => void vi.useRealTimers());

  it('begins with how things are, and tells a burst of changes once', async () => {
    const house = await openPageHouse();
    const key = await house.enter();
    const streams = [await house.listen(key), await house.listen(key), await house.listen(await house.enter())];
    for (const { status, lines } of streams) {
      expect(status).toBe(200);
      await eventually('the first view', () => lines.length === 1);
    }
    for (const name of ['A', 'B', 'C']) house.rename(name);
    vi.advanceTimersByTime(199);
    await turns(200);
    for (const { lines } of streams) expect(lines).toHaveLength(1);
    vi.advanceTimersByTime(1);
    for (const { lines } of streams) {
      await eventually('the change', () => lines.length === 2);
      expect(labels(lines)).toEqual(['Main shop', 'C']);
    }
    expect(JSON.parse(streams[0]?.lines[0] ?? '')).toMatchObject({ event: 'viewChanged', payload: { app: { surface: 'browser' } } });
  });

  it('gives a sign of life every fifteen seconds', async () => {
    const house = await openPageHouse();
    const { lines } = await house.listen(await house.enter());
    await eventually('the first view', () => lines.length === 1);
    vi.advanceTimersByTime(15_000);
    await eventually('a heartbeat', () => lines.length === 2);
    vi.advanceTimersByTime(15_000);
    await eventually('another', () => lines.length === 3);
    expect(lines.slice(1)).toEqual(['', '']);
  });

  it('gives a reader that was slow the newest view and none of those between', async () => {
    const house = await openPageHouse();
    const stream = await house.listen(await house.enter());
    await eventually('the first view', () => stream.lines.length === 1);
    stream.pause();
    // Each is large, so that the buffers of both sides are full after some.
    for (let turn = 0; turn < 200; turn += 1) {
      house.rename(`${turn} ${'x'.repeat(100_000)}`);
      vi.advanceTimersByTime(200);
      await new Promise((resolve) => setImmediate(resolve));
    }
    house.rename('newest');
    vi.advanceTimersByTime(200);
    stream.resume();
    await eventually('the newest view', () => labels(stream.lines).at(-1) === 'newest');
    // Some went out before the buffers were full; of the rest nothing was kept.
    expect(stream.lines.length).toBeLessThan(150);
  });

  it('ends with its session, and with the section', async () => {
    const house = await openPageHouse();
    const [first, second] = [await house.listen(await house.enter()), await house.listen(await house.enter())];
    for (let more = 0; more < 15; more += 1) await house.enter();
    vi.advanceTimersByTime(15_000);
    await eventually('the first has ended', first.ended);
    expect(second.ended()).toBe(false);
    house.section.close();
    await eventually('the second has ended', second.ended);
  });

  it('says that a session was left when its last page has been gone for a minute', async () => {
    const house = await openPageHouse();
    const key = await house.enter();
    const [one, other] = [await house.listen(key), await house.listen(key)];
    await eventually('both are open', () => one.lines.length === 1 && other.lines.length === 1);
    const hangUp = async (stream: typeof one): Promise<void> => {
      stream.hangUp();
      // The server hears of it over a real socket.
      await turns(200);
    };
    await hangUp(one);
    vi.advanceTimersByTime(2 * MINUTE);
    expect(house.said).toEqual([]);
    await hangUp(other);
    vi.advanceTimersByTime(MINUTE - 1);
    const again = await house.listen(key);
    await eventually('it is open again', () => again.lines.length === 1);
    vi.advanceTimersByTime(2 * MINUTE);
    expect(house.said).toEqual([]);
    await hangUp(again);
    vi.advanceTimersByTime(MINUTE - 1);
    expect(house.said).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(house.said).toEqual(['left 1']);
  });

  it('is not opened without end', async () => {
    const house = await openPageHouse();
    const key = await house.enter();
    for (let count = 0; count < 64; count += 1) expect((await house.listen(key)).status).toBe(200);
    expect((await house.listen(key)).status).toBe(503);
  });
});
