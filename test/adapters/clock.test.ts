import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseClockWish } from '../../src-main/adapters/clock-setting.ts';
import { systemClock } from '../../src-main/adapters/clock.ts';
import { createFileClock } from '../../src-main/adapters/file-clock.ts';
import type { ClockSetting, FileClock } from '../../src-main/adapters/file-clock.ts';

const START = Date.UTC(2026, 0, 1);
let folder = '';
let clock: FileClock | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evertoken-clock-'));
  vi.useFakeTimers({ now: START });
});
afterEach(() => {
  clock?.stop();
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

const file = (): string => join(folder, 'clock.json');
const set = (content: unknown): void => writeFileSync(file(), typeof content === 'string' ? content : JSON.stringify(content));
const make = (onBroken?: (sentence: string) => void): FileClock => (clock = createFileClock(file(), onBroken === undefined ? {} : { onBroken }));

describe('the system clock', () => {
  it('is the computer’s', () => {
    expect(systemClock().now()).toBe(START);
    const before = systemClock().monotonic();
    vi.advanceTimersByTime(50);
    expect(systemClock().monotonic() - before).toBe(50);
  });
});

describe('the file clock', () => {
  it('is the real time without a file, and takes an offset from the start', () => {
    expect(make().now()).toBe(START);
    clock?.stop();
    set({ offsetMs: 5_000, rate: 1 });
    expect(make().now()).toBe(START + 5_000);
    clock?.stop();
    set({ offset: 7_000 });
    expect(make().now()).toBe(START + 7_000);
  });

  it('sees a change within 100 ms and tells of it once', () => {
    const jumps: ClockSetting[] = [];
    make().onJump((setting) => jumps.push(setting));
    set({ offsetMs: 86_400_000, rate: 1 });
    expect(clock?.now()).toBe(START);
    vi.advanceTimersByTime(100);
    expect(clock?.now()).toBe(START + 100 + 86_400_000);
    vi.advanceTimersByTime(1_000);
    expect(jumps).toEqual([{ offsetMs: 86_400_000, rate: 1 }]);
  });

  it('keeps the last good setting while the file is gone, and takes the one that comes', () => {
    const jumps: ClockSetting[] = [];
    make().onJump((setting) => jumps.push(setting));
    set({ offsetMs: 5_000 });
    vi.advanceTimersByTime(100);
    rmSync(file());
    vi.advanceTimersByTime(1_000);
    expect(clock?.now()).toBe(START + 1_100 + 5_000);
    set({ offsetMs: 6_000 });
    vi.advanceTimersByTime(100);
    expect(clock?.now()).toBe(START + 1_200 + 6_000);
    expect(jumps).toHaveLength(2);
  });

  it.each([
    ['{"offset_ms": 7000}', 7_000, 1],
    ['{"offset": 7000, "speed": 3}', 7_000, 3],
    ['{"offsetSeconds": 7.5}', 7_500, 1],
    ['{"offset_seconds": -7, "rate": 2}', -7_000, 2],
    ['{"offset_s": 7, "comment": "a week"}', 7_000, 1],
    ['\ufeff{"rate": 60}', 0, 60],
    ['3600000', 3_600_000, 1],
    ['-1500.5 60\n', -1_500.5, 60],
  ])('reads %s', (content, offsetMs, rate) => {
    expect(parseClockWish(content)).toEqual({ offsetMs, rate });
  });

  it('is at the instant that the file names when it is read, and goes on from there', () => {
    const told: string[] = [];
    make((sentence) => told.push(sentence));
    set({ now: '2031-05-06T07:08:09Z', rate: 10 });
    vi.advanceTimersByTime(100);
    const instant = Date.UTC(2031, 4, 6, 7, 8, 9);
    expect(clock?.now()).toBe(instant);
    vi.advanceTimersByTime(1_000);
    expect(clock?.now()).toBe(instant + 10_000);
    set({ time: START });
    vi.advanceTimersByTime(100);
    expect([clock?.now(), clock?.rate(), told]).toEqual([START, 1, []]);
  });

  it('does not jump at a change of rate, and the offset stays on top of it', () => {
    set({ offsetMs: 1_000, rate: 100 });
    make();
    vi.advanceTimersByTime(1_000);
    expect(clock?.now()).toBe(START + 1_000 + 100_000);
    set({ offsetMs: 1_000, rate: 2 });
    clock?.reread();
    expect(clock?.now()).toBe(START + 1_000 + 100_000);
    vi.advanceTimersByTime(1_000);
    expect(clock?.now()).toBe(START + 1_000 + 102_000);
    expect(clock?.rate()).toBe(2);
  });

  it('keeps the monotonic clock free of offsets and true to the rate', () => {
    set({ offsetMs: 0, rate: 10 });
    make();
    const before = clock?.monotonic() ?? 0;
    vi.advanceTimersByTime(1_000);
    set({ offsetMs: -999_999_999, rate: 10 });
    vi.advanceTimersByTime(1_000);
    expect((clock?.monotonic() ?? 0) - before).toBeCloseTo(20_000, 3);
    set({ offsetMs: 0, rate: 1 });
    clock?.reread();
    vi.advanceTimersByTime(1_000);
    expect((clock?.monotonic() ?? 0) - before).toBeCloseTo(21_000, 3);
  });

  it.each(['', 'tomorrow', '5 0', '1 2 3', '{}', '{"ofsetMs":5}', '{"now":"soon"}', '{"speed":0}', '{"offset_s":"7"}', '{"offsetMs":', '[1]', 'null', '{"rate":0}', '{"rate":-1}', '{"offsetMs":"soon"}', '{"offsetMs":1e999}'])('keeps the last good setting when the file holds %s', (content) => {
    const told: string[] = [];
    set({ offsetMs: 3_600_000, rate: 1 });
    make((sentence) => told.push(sentence));
    set(content);
    vi.advanceTimersByTime(500);
    expect(clock?.now()).toBe(START + 500 + 3_600_000);
    expect(told).toHaveLength(1);
  });

  it('ends its listeners and its polling', () => {
    const jumps: ClockSetting[] = [];
    const end = make().onJump((setting) => jumps.push(setting));
    end();
    set({ offsetMs: 1, rate: 1 });
    vi.advanceTimersByTime(200);
    expect(jumps).toEqual([]);
    clock?.stop();
    set({ offsetMs: 2, rate: 1 });
    vi.advanceTimersByTime(200);
    expect(clock?.now()).toBe(START + 400 + 1);
  });
});
