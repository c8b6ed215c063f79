import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../src-main/adapters/folder-lock.ts';
import type { FolderLock } from '../../src-main/adapters/folder-lock.ts';
import { bundleChild, startChild } from './child/start.ts';
import type { ChildProgram } from './child/start.ts';

let program: ChildProgram;
let folder = '';
beforeAll(async () => void (program = await bundleChild()));
afterAll(() => program.remove());
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'evertoken-lock-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ignore = (): void => undefined;
async function locked(options = { onLost: ignore }): Promise<Extract<FolderLock, { ok: true }>> {
  const lock = await lockFolder(folder, options);
  if (!lock.ok) throw new Error(lock.message);
  return lock;
}

describe('the lock of a data folder', () => {
  it('turns a second process away with a sentence that names the first, and lets one in after the release', async () => {
    const lock = await locked();
    const child = startChild(program, 'hold-lock', folder);
    expect(await child.nextLine()).toContain(`Another Evertoken (process ${process.pid}) is already running`);
    await child.kill();
    await lock.release();
    await lock.release();
    expect(readdirSync(folder)).toEqual([]);
    const next = startChild(program, 'hold-lock', folder);
    expect(await next.nextLine()).toBe('locked');
    await next.kill();
  }, 20_000);

  it('is had again within 6 s after its holder was killed', async () => {
    const child = startChild(program, 'hold-lock', folder);
    expect(await child.nextLine()).toBe('locked');
    await child.kill();
    const before = performance.now();
    const lock = await locked();
    expect(performance.now() - before).toBeLessThan(6_000);
    await lock.release();
  }, 20_000);

  it('is had at once where a clock that was set back left a dead holder’s lock in the future', async () => {
    const child = startChild(program, 'hold-lock', folder);
    await child.nextLine();
    const pid = child.process.pid ?? 0;
    await child.kill();
    const future = new Date(Date.now() + 7_200_000);
    utimesSync(join(folder, 'evertoken.lock'), future, future);
    writeFileSync(join(folder, 'evertoken.pid'), `${pid}\n`);
    const lock = await lockFolder(folder, { onLost: ignore, waitMs: 1_000 });
    expect(lock.ok).toBe(true);
    if (lock.ok) await lock.release();
  });

  it('does not take a lock from the future from a process that lives', async () => {
    mkdirSync(join(folder, 'evertoken.lock'));
    const future = new Date(Date.now() + 7_200_000);
    utimesSync(join(folder, 'evertoken.lock'), future, future);
    writeFileSync(join(folder, 'evertoken.pid'), `${process.pid}\n`);
    expect(await lockFolder(folder, { onLost: ignore, waitMs: 600 })).toMatchObject({ ok: false, code: 'held' });
  });

  it('tells when it is lost, and swallows what the listener throws', async () => {
    const lost = new Promise<string>((resolve) => {
      void locked({
        onLost: () => {
          resolve('lost');
          throw new Error('from a timer');
        },
      }).then(() => rmSync(join(folder, 'evertoken.lock'), { recursive: true }));
    });
    expect(await lost).toBe('lost');
  }, 20_000);

  it('fails with a sentence where there can be no folder', async () => {
    writeFileSync(join(folder, 'a-file'), '');
    expect(await lockFolder(join(folder, 'a-file', 'data'), { onLost: ignore })).toMatchObject({ ok: false, code: 'failed', message: expect.stringContaining('a-file') as string });
  });
});
