import * as promises from 'node:fs/promises';
import type { FileWork } from '../../src-main/delivery/file-work.ts';

/** A call of the file system: which, and on what. Calls on an open file bear the path that it was opened with. */
export type FileCall = (name: string, path: string) => void | Promise<void>;

/** The real file system, with `before` called ahead of each call; what it throws is what the call comes to. */
export function watchedFiles(before: FileCall, change: Partial<FileWork> = {}): FileWork {
  const watch = <T extends object>(target: T, prefix: string, opened: string | null): T =>
    new Proxy(target, {
      get: (inner, key) => {
        const member: unknown = Reflect.get(inner, key);
        if (typeof member !== 'function') return member;
        return async (...args: unknown[]): Promise<unknown> => {
          const path = opened ?? String(args[0]);
          await before(`${prefix}${String(key)}`, path);
          const result: unknown = await Reflect.apply(member, inner, args);
          return key === 'open' ? watch(result as object, 'file.', path) : result;
        };
      },
    });
  const user = process.getuid?.() === undefined ? null : { uid: process.getuid(), groups: process.getgroups?.() ?? [] };
  return { fs: watch({ ...promises }, '', null), platform: process.platform, user, forbidden: null, wait: async () => undefined, ...change };
}

/** An error as the system gives it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: as the test wants it`), { code });
}
