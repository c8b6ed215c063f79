import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { withLock } from '../../scripts/setup/lock.js';
import { scratch } from './scratch.ts';

const nobody = (): void => {
  throw new Error('there was nobody to wait for');
};

/** A lock folder as somebody else left it. */
function held(holder: { readonly pid: number; readonly host: string } | null): string {
  const folder = join(scratch(), 'lock');
  mkdirSync(folder);
  if (holder !== null) writeFileSync(join(folder, 'holder.json'), JSON.stringify(holder));
  return folder;
}

describe('withLock', () => {
  it('gives the result, and the folder is gone afterwards, also after an error', async () => {
    const folder = join(scratch(), 'lock');
    await expect(withLock(folder, nobody, async () => Promise.resolve(existsSync(folder)))).resolves.toBe(true);
    expect(existsSync(folder)).toBe(false);
    await expect(withLock(folder, nobody, async () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(folder)).toBe(false);
  });

  it('lets one in at a time, and says once that it waits', async () => {
    const folder = join(scratch(), 'lock');
    const events: string[] = [];
    const one = async (name: string): Promise<void> =>
      withLock(
        folder,
        () => events.push('waits'),
        async () => {
          events.push(`${name} in`);
          await delay(250);
          events.push(`${name} out`);
        },
      );
    await Promise.all([one('a'), one('b')]);
    expect(events).toEqual(['a in', 'waits', 'a out', 'b in', 'b out']);
  });

  it('takes over from a holder that died', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '0']);
    const folder = held({ pid, host: hostname() });
    await expect(withLock(folder, nobody, async () => Promise.resolve('mine'))).resolves.toBe('mine');
  });

  it('takes over from one on another machine only after a minute without a sign of life', async () => {
    const folder = held({ pid: 1, host: 'another-machine' });
    const minuteAgo = new Date(Date.now() - 61_000);
    let waited = 0;
    const taken = withLock(
      folder,
      () => {
        waited += 1;
        setTimeout(() => utimesSync(folder, minuteAgo, minuteAgo), 50);
      },
      async () => Promise.resolve('mine'),
    );
    await expect(taken).resolves.toBe('mine');
    expect(waited).toBe(1);
  });

  it('waits for a live holder', async () => {
    const folder = held({ pid: process.pid, host: hostname() });
    const waits = new Promise<string>((resolve) => {
      void withLock(folder, () => resolve('waits'), async () => Promise.resolve()).catch(() => undefined);
    });
    await expect(waits).resolves.toBe('waits');
  });
});
