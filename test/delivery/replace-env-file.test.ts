import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, link, lstat, mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FileWork } from '../../src-main/delivery/file-work.ts';
import { systemFileWork } from '../../src-main/delivery/file-work.ts';
import { findEnvFile, readEnvFile } from '../../src-main/delivery/read-env-file.ts';
import { replaceEnvFile, type Replaced } from '../../src-main/delivery/replace-env-file.ts';
import { systemError, watchedFiles } from './broken-files.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'evertoken-env-')));
  file = join(folder, '.env');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const work = systemFileWork();

/** Reads and replaces, as a delivery does; `meanwhile` happens between the two. */
async function replace(text: string, { on = work, path = file, keepBackup = false, meanwhile = async (): Promise<unknown> => undefined } = {}): Promise<Replaced> {
  const reading = await readEnvFile(on, path);
  if (!reading.ok) throw new Error(reading.fault.text);
  await meanwhile();
  return replaceEnvFile(on, path, { kind: 'existing', was: reading.file }, text, keepBackup);
}

const modeOf = async (path: string): Promise<string> => ((await stat(path)).mode & 0o7777).toString(8);
const textOf = (path: string): Promise<string> => readFile(path, 'utf8');

describe('a file is replaced', () => {
  it.each(['600', '640', '644', '664', '400', '4755'])('with mode %s as before, or refused where nobody may write it', async (mode) => {
    await writeFile(file, 'A=1\n');
    await chmod(file, Number.parseInt(mode, 8));
    const replaced = await replace('A=2\n');
    if (mode === '400') expect(replaced).toMatchObject({ outcome: 'fault', fault: { code: 'read-only' } });
    else expect(replaced).toEqual({ outcome: 'written' });
    expect(await textOf(file)).toBe(mode === '400' ? 'A=1\n' : 'A=2\n');
    expect(await modeOf(file)).toBe(mode);
    expect(await readdir(folder)).toEqual(['.env']);
  });

  it('for good: the new content is on disk before it takes the place, and the folder after that', async () => {
    await writeFile(file, 'A=1\n');
    const calls: string[] = [];
    const on = watchedFiles((name, path) => {
      if (name === 'file.sync' || name === 'rename') calls.push(`${name} ${path.replace(/-[0-9a-f]{12}$/, '-x')}`);
    }, { platform: 'linux' });
    expect(await replace('A=2\n', { on })).toEqual({ outcome: 'written' });
    expect(calls).toEqual([`file.sync ${file}.evertoken-x`, `rename ${file}.evertoken-x`, `file.sync ${folder}`]);
  });

  it('through links, which stay links', async () => {
    const there = join(folder, 'shared');
    await mkdir(there);
    await writeFile(join(there, 'real.env'), 'A=1\n');
    await symlink(join(there, 'real.env'), join(folder, 'one'));
    await symlink('one', file);
    expect(await replace('A=2\n', { keepBackup: true })).toEqual({ outcome: 'written' });
    expect((await lstat(file)).isSymbolicLink()).toBe(true);
    expect(await textOf(join(there, 'real.env'))).toBe('A=2\n');
    expect(await readdir(there)).toEqual(['real.env', 'real.env.bak']);
  });

  it('with what it was kept beside it for one generation, no more readable than it is', async () => {
    await writeFile(file, 'A=1\n', { mode: 0o600 });
    await writeFile(`${file}.bak`, 'A=0\n', { mode: 0o644 });
    expect(await replace('A=2\n', { keepBackup: true })).toEqual({ outcome: 'written' });
    expect(await textOf(`${file}.bak`)).toBe('A=1\n');
    expect(await modeOf(`${file}.bak`)).toBe('600');
    expect(await replace('A=3\n', { keepBackup: true })).toEqual({ outcome: 'written' });
    expect(await textOf(`${file}.bak`)).toBe('A=2\n');
    expect(await readdir(folder)).toEqual(['.env', '.env.bak']);
  });

  it('not at all where the backup cannot be kept, and the fault names the backup', async () => {
    await writeFile(file, 'A=1\n');
    await mkdir(join(`${file}.bak`, 'full'), { recursive: true });
    const replaced = await replace('A=2\n', { keepBackup: true });
    expect(replaced).toMatchObject({ outcome: 'fault', fault: { text: expect.stringContaining('.env.bak') as string } });
    expect(await textOf(file)).toBe('A=1\n');
  });

  it('parted from its other names', async () => {
    await writeFile(file, 'A=1\n');
    await link(file, join(folder, 'snapshot'));
    expect(await replace('A=2\n')).toEqual({ outcome: 'written' });
    expect(await textOf(join(folder, 'snapshot'))).toBe('A=1\n');
  });

  it.runIf(process.getuid?.() === 0)('with its owner kept where we are root', async () => {
    await writeFile(file, 'A=1\n', { mode: 0o640 });
    await chown(file, 12_345, 23_456);
    expect(await replace('A=2\n', { keepBackup: true })).toEqual({ outcome: 'written' });
    for (const path of [file, `${file}.bak`]) {
      const { uid, gid } = await stat(path);
      expect({ uid, gid, mode: await modeOf(path) }).toEqual({ uid: 12_345, gid: 23_456, mode: '640' });
    }
  });

  it('not where its owner could not read it any more', async () => {
    await writeFile(file, 'A=1\n', { mode: 0o600 });
    const stranger: FileWork = { ...work, user: { uid: (process.getuid?.() ?? 0) + 1_000, groups: [] } };
    expect(await replace('A=2\n', { on: stranger })).toMatchObject({ outcome: 'fault', fault: { code: 'other-owner' } });
    expect(await textOf(file)).toBe('A=1\n');
  });

  it('made anew for the owner alone, and never over one that came meanwhile', async () => {
    expect(await replaceEnvFile(work, file, { kind: 'new' }, 'A=1\n', true)).toEqual({ outcome: 'written' });
    expect(await modeOf(file)).toBe('600');
    expect(await replaceEnvFile(work, file, { kind: 'new' }, 'A=2\n', false)).toEqual({ outcome: 'changed' });
    expect(await textOf(file)).toBe('A=1\n');
    expect(await readdir(folder)).toEqual(['.env']);
  });
});

describe('a file that changed since it was read is left alone', () => {
  const changes: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['another content of another size', () => writeFile(file, 'A=100\n')],
    ['another content of the same size', () => writeFile(file, 'A=9\n')],
    ['it went', () => rm(file)],
    ['a link took its place', async () => {
      await writeFile(join(folder, 'other'), 'A=1\n');
      await rm(file);
      await symlink('other', file);
    }],
    ['another file took its place', async () => {
      await rm(file);
      await writeFile(file, 'A=1\n');
    }],
  ];
  it.each(changes)('%s', async (_name, meanwhile) => {
    await writeFile(file, 'A=1\n');
    expect(await replace('A=2\n', { meanwhile })).toEqual({ outcome: 'changed' });
    if (existsSync(file)) expect(await textOf(file)).not.toBe('A=2\n');
    expect((await readdir(folder)).filter((name) => name.includes('evertoken'))).toEqual([]);
  });

  it('also where neither its size nor its times tell', async () => {
    await writeFile(file, 'A=1\n');
    let facts: unknown = null;
    // A coarse clock of a file system: whatever is written, the file looks as it did.
    const sameFacts = <T extends object>(target: T): T =>
      new Proxy(target, {
        get: (inner, key) => {
          const member: unknown = Reflect.get(inner, key);
          if (typeof member !== 'function') return member;
          return async (...args: unknown[]): Promise<unknown> => {
            const result: unknown = await Reflect.apply(member, inner, args);
            if (key === 'open' && args[0] === file) return sameFacts(result as object);
            return key === 'stat' ? (facts ??= result) : result;
          };
        },
      });
    const on: FileWork = { ...work, fs: sameFacts({ ...work.fs }) };
    expect(await replace('A=2\n', { on, meanwhile: () => writeFile(file, 'A=9\n') })).toEqual({ outcome: 'changed' });
    expect(await textOf(file)).toBe('A=9\n');
  });

  it('also at the very last moment, when the new one is already written', async () => {
    await writeFile(file, 'A=1\n');
    let isDone = false;
    const on = watchedFiles(async (name, path) => {
      if (name !== 'file.close' || !path.includes('.env.evertoken-') || isDone) return;
      isDone = true;
      await writeFile(file, 'A=8\n');
    });
    expect(await replace('A=2\n', { on })).toEqual({ outcome: 'changed' });
    expect(isDone).toBe(true);
    expect(await textOf(file)).toBe('A=8\n');
  });
});

describe('what goes wrong', () => {
  it.each([
    ['ENOSPC', 'file.writeFile', 'no-space'],
    ['EDQUOT', 'file.sync', 'no-space'],
    ['EROFS', 'open', 'read-only'],
    ['EACCES', 'open', 'not-allowed'],
    ['EACCES', 'access', 'read-only'],
    ['EIO', 'file.sync', 'file-trouble'],
    ['EBUSY', 'rename', 'mounted'],
    ['EACCES', 'rename', 'not-allowed'],
  ])('%s at %s is the fault “%s”, and the file stays as it was', async (code, call, fault) => {
    await writeFile(file, 'A=1\n');
    const on = watchedFiles((name, path) => {
      if (name === call && (path.includes('.env.evertoken-') || name === 'access')) throw systemError(code);
    }, { platform: 'linux' });
    const replaced = await replace('A=2\n', { on });
    expect(replaced).toMatchObject({ outcome: 'fault', fault: { code: fault, text: expect.stringContaining(file) as string } });
    expect(await textOf(file)).toBe('A=1\n');
    expect(await readdir(folder)).toEqual(['.env']);
  });

  it('a rename that Windows refuses is tried again, until the file is let go', async () => {
    await writeFile(file, 'A=1\n');
    const refusals = ['EPERM', 'EACCES', 'EBUSY'];
    const waits: number[] = [];
    const on = watchedFiles((name) => {
      const code = name === 'rename' ? refusals.shift() : undefined;
      if (code !== undefined) throw systemError(code);
    }, { platform: 'win32', wait: async (ms) => void waits.push(ms) });
    expect(await replace('A=2\n', { on })).toEqual({ outcome: 'written' });
    expect(waits).toHaveLength(3);
    expect(await textOf(file)).toBe('A=2\n');
  });

  it('a rename that Windows refuses for seconds is a fault, and one that must be begun again is not made', async () => {
    await writeFile(file, 'A=1\n');
    const waits: number[] = [];
    const refusing = watchedFiles((name) => {
      if (name === 'rename') throw systemError('EBUSY');
    }, { platform: 'win32', wait: async (ms) => void waits.push(ms) });
    expect(await replace('A=2\n', { on: refusing })).toMatchObject({ outcome: 'fault', fault: { code: 'held-open' } });
    expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(3_000);
    let isFirst = true;
    const changing = watchedFiles((name) => {
      if (name !== 'rename' || !isFirst) return;
      isFirst = false;
      throw systemError('EPERM');
    }, { platform: 'win32', wait: () => writeFile(file, 'A=7\n') });
    expect(await replace('A=2\n', { on: changing })).toEqual({ outcome: 'changed' });
    expect(await textOf(file)).toBe('A=7\n');
    expect(await readdir(folder)).toEqual(['.env']);
  });

  it('what a kill left is cleared, and nothing else', async () => {
    await writeFile(file, 'A=1\n');
    const ours = ['.env.evertoken-0123456789ab', '.env.bak.evertoken-ba9876543210'];
    const others = ['.env.evertoken', '.env.evertoken-notes', '.env.production.evertoken-0123456789ab', '.env.evertoken-0123456789abc', 'x.env.evertoken-0123456789ab'];
    for (const name of [...ours, ...others]) await writeFile(join(folder, name), 'left');
    expect(await replace('A=2\n')).toEqual({ outcome: 'written' });
    expect((await readdir(folder)).toSorted()).toEqual(['.env', ...others].toSorted());
  });
});

describe('what is no file to write into', () => {
  const find = async (): Promise<string> => {
    const found = await findEnvFile(work, file);
    const reading = await readEnvFile(work, file);
    if (found.ok || reading.ok) return reading.ok ? 'a file' : reading.fault.code;
    expect(found.fault).toEqual(reading.fault);
    return found.fault.code;
  };

  it('a missing file, a missing folder, a link to nothing and a link to itself have names of their own', async () => {
    expect(await find()).toBe('vanished');
    await symlink('nowhere', file);
    expect(await find()).toBe('dangling-link');
    await rm(file);
    await symlink('.env', file);
    expect(await find()).toBe('link-loop');
    await rm(folder, { recursive: true });
    expect(await find()).toBe('folder-gone');
  });

  it('a folder, a pipe, a device, a large file, UTF-16 and bytes with zeroes are refused', async () => {
    await mkdir(file);
    expect(await find()).toBe('is-folder');
    await rm(file, { recursive: true });
    execFileSync('mkfifo', [file]);
    expect(await find()).toBe('not-a-file');
    await rm(file);
    await symlink('/dev/null', file);
    expect(await find()).toBe('not-a-file');
    await rm(file);
    await writeFile(file, 'x'.repeat(1_000_001));
    expect(await find()).toBe('too-large');
    await writeFile(file, '\ufeffA=1\n', 'utf16le');
    expect(await find()).toBe('utf-16');
    await writeFile(file, 'A=\0\n');
    expect(await find()).toBe('not-text');
    await writeFile(file, 'x'.repeat(1_000_000));
    expect(await find()).toBe('a file');
  });
});
