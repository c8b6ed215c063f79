import { describe, expect, it } from 'vitest';
import type { LockState } from '../../../src-main/adapters/keychain/lock-state.ts';
import { createLockWatch } from '../../../src-main/adapters/keychain/lock-watch.ts';

function setUp() {
  let state: LockState = 'open';
  let elapsed = 0;
  let asked = 0;
  const watch = createLockWatch(
    async () => {
      asked += 1;
      await Promise.resolve();
      return state;
    },
    { now: () => 0, monotonic: () => elapsed },
  );
  const heard: boolean[] = [];
  const stop = watch.onChange(() => heard.push(watch.isLocked()));
  const see = async (next: LockState): Promise<void> => {
    state = next;
    expect(await watch.look()).toBe(next);
  };
  return { watch, see, heard, stop, asked: () => asked, pass: (ms: number) => (elapsed += ms), become: (next: LockState) => (state = next) };
}

describe('the watch over the lock', () => {
  it('tells each change once, and nothing before it has looked', async () => {
    const { watch, see, heard } = setUp();
    expect(watch.isLocked()).toBe(false);
    for (const state of ['open', 'locked', 'locked', 'open', 'open', 'locked', 'unknown', 'unknown'] as const) await see(state);
    expect(heard).toEqual([true, false, true, false]);
  });

  it('is told no more after the stop', async () => {
    const { see, heard, stop } = setUp();
    stop();
    await see('locked');
    expect(heard).toEqual([]);
  });

  it.each<[readonly LockState[], boolean]>([
    [['open'], false],
    [['unknown', 'open'], false],
    [['locked'], false],
    [['locked', 'unknown'], false],
    [['locked', 'open'], true],
    [['locked', 'unknown', 'open'], true],
    [['locked', 'open', 'locked'], true],
  ])('after %j says that it was opened: %s', async (states, opened) => {
    const { watch, see } = setUp();
    for (const state of states) await see(state);
    expect([watch.takeOpened(), watch.takeOpened()]).toEqual([opened, false]);
  });

  it('serves those who need not ask anew for a second, and asks once for all who come together', async () => {
    const { watch, asked, pass, become } = setUp();
    expect(await Promise.all([watch.recent(), watch.recent(), watch.look()])).toEqual(['open', 'open', 'open']);
    expect(asked()).toBe(1);
    become('locked');
    pass(999);
    expect(await watch.recent()).toBe('open');
    pass(1);
    expect(await watch.recent()).toBe('locked');
    become('open');
    expect(await watch.look()).toBe('open');
    expect(await watch.recent()).toBe('open');
    expect(asked()).toBe(3);
  });
});
