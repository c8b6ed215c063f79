import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureApiKey, readApiKey } from '../../src-main/adapters/api-key.ts';

let root = '';
let folder = '';
beforeEach(() => void (folder = root = mkdtempSync(join(tmpdir(), 'evertoken-key-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));
const mode = (path: string): number => statSync(path).mode & 0o777;

describe('the admin key', () => {
  it('has 256 bits, is made once, and is private', async () => {
    folder = join(folder, 'data');
    const key = await ensureApiKey(folder);
    expect(Buffer.from(key, 'base64url')).toHaveLength(32);
    expect(await ensureApiKey(folder)).toBe(key);
    expect(await readApiKey(folder)).toBe(key);
    expect([mode(folder), mode(join(folder, 'api-key'))]).toEqual([0o700, 0o600]);
    expect(readdirSync(folder)).toEqual(['api-key']);
  });

  it('is one key for two starts at once', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => ensureApiKey(folder)));
    expect(new Set(keys).size).toBe(1);
    expect(readdirSync(folder)).toEqual(['api-key']);
  });

  it('is null before it is made, and closed to others when it is read', async () => {
    expect(await readApiKey(folder)).toBeNull();
    const key = await ensureApiKey(folder);
    chmodSync(join(folder, 'api-key'), 0o644);
    expect(await readApiKey(folder)).toBe(key);
    expect(mode(join(folder, 'api-key'))).toBe(0o600);
  });

  it('is never replaced in silence, and what the file holds is not in the message', async () => {
    writeFileSync(join(folder, 'api-key'), 'not-a-key-at-all');
    await expect(ensureApiKey(folder)).rejects.toMatchObject({ name: 'StorageFault', code: 'invalid', message: expect.not.stringContaining('not-a-key') as string });
    expect(readFileSync(join(folder, 'api-key'), 'utf8')).toBe('not-a-key-at-all');
  });
});
