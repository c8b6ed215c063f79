import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createNativeQueue } from '../../../src-main/adapters/keychain/queue.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

describe('the queue of native calls', () => {
  it('runs calls in order, one at a time', async () => {
    const queue = createNativeQueue({ softLimitMs: 1_000 });
    const first = deferred<string>();
    const begun: number[] = [];
    const answers = [
      queue.call(() => (begun.push(1), first.promise)),
      queue.call(async () => (begun.push(2), 'two')),
    ];
    await vi.advanceTimersByTimeAsync(10);
    expect(begun).toEqual([1]);
    first.resolve('one');
    expect(await Promise.all(answers)).toEqual([{ kind: 'value', value: 'one' }, { kind: 'value', value: 'two' }]);
    expect(begun).toEqual([1, 2]);
  });

  it('hands over a rejection and goes on', async () => {
    const queue = createNativeQueue({ softLimitMs: 1_000 });
    const error = new Error('no');
    expect(await queue.call(() => Promise.reject(error))).toEqual({ kind: 'failed', error });
    expect(await queue.call(async () => 1)).toEqual({ kind: 'value', value: 1 });
  });

  it('gives up on a call that hangs, and on those behind it, without beginning them', async () => {
    const late: boolean[] = [];
    const queue = createNativeQueue({ softLimitMs: 1_000, onLateAnswer: (answered) => late.push(answered) });
    const hanging = deferred<string>();
    let begun = 0;
    const stuck = queue.call(() => hanging.promise);
    const behind = queue.call(async () => (begun += 1));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await stuck).toEqual({ kind: 'waiting', begun: true });
    expect(await behind).toEqual({ kind: 'waiting', begun: false });
    expect(await queue.call(async () => (begun += 1))).toEqual({ kind: 'waiting', begun: false });
    expect(begun).toBe(0);
    hanging.resolve('at last');
    await vi.advanceTimersByTimeAsync(0);
    expect(late).toEqual([true]);
    expect(await queue.call(async () => (begun += 1))).toEqual({ kind: 'value', value: 1 });
  });

  it('counts the limit of each call from its own beginning', async () => {
    const queue = createNativeQueue({ softLimitMs: 1_000 });
    const slow = () => new Promise<string>((resolve) => setTimeout(() => resolve('slow'), 900));
    const answers = Promise.all([queue.call(slow), queue.call(slow), queue.call(slow)]);
    await vi.advanceTimersByTimeAsync(2_700);
    expect((await answers).map(({ kind }) => kind)).toEqual(['value', 'value', 'value']);
  });

  it.each([
    ['a null', (call: ReturnType<typeof deferred<string | null>>) => call.resolve(null)],
    ['a rejection', (call: ReturnType<typeof deferred<string | null>>) => call.reject(new Error('dismissed'))],
  ])('does not take %s that comes late for an unlocked keychain', async (_what, settle) => {
    const late: boolean[] = [];
    const queue = createNativeQueue({ softLimitMs: 1_000, onLateAnswer: (answered) => late.push(answered) });
    const hanging = deferred<string | null>();
    const answer = queue.call(() => hanging.promise);
    await vi.advanceTimersByTimeAsync(1_000);
    await answer;
    settle(hanging);
    await vi.advanceTimersByTimeAsync(0);
    expect(late).toEqual([false]);
  });
});
