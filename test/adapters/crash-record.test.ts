import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installCrashRecord } from '../../src-main/adapters/crash-record.ts';

describe('the crash record', () => {
  it('ends the process even where it cannot be written, and can be taken away', () => {
    const folder = mkdtempSync(join(tmpdir(), 'evertoken-crash-'));
    writeFileSync(join(folder, 'a-file'), '');
    const before = process.listeners('uncaughtException');
    const codes: number[] = [];
    const remove = installCrashRecord({
      folder: join(folder, 'a-file', 'below'),
      redact: (text) => text,
      clock: { now: () => 0, monotonic: () => 0 },
      version: '1',
      exit: (code) => codes.push(code),
    });
    const added = process.listeners('uncaughtException').filter((listener) => !before.includes(listener));
    for (const listener of added) listener(new Error('x'), 'uncaughtException');
    remove();
    expect(codes).toEqual([70]);
    expect(process.listeners('uncaughtException')).toEqual(before);
    rmSync(folder, { recursive: true, force: true });
  });
});
