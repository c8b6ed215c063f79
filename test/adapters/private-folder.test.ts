import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ensureApiKey, readApiKey } from '../../src-main/adapters/api-key.ts';
import { openConsumerStore } from '../../src-main/adapters/consumer-store.ts';
import { lockFolder } from '../../src-main/adapters/folder-lock.ts';
import { ensurePrivateFile, ensurePrivateFolder } from '../../src-main/adapters/private-folder.ts';

let folder = '';
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'evertoken-private-'))));
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const mode = (path: string): number => statSync(path).mode & 0o777;
/** From here on, what stands on the disk is somebody else's. */
const becomeAnother = (): void => void vi.spyOn(process, 'geteuid').mockReturnValue(statSync(folder).uid + 1);
const theirs = { name: 'StorageFault', code: 'denied', message: expect.stringMatching(/ belongs to another user, .* Run Evertoken as the user whose it is, or choose another data folder\.$/) as string };

describe('a private folder', () => {
  it('is made, and closed to others', async () => {
    const path = join(folder, 'a', 'b');
    await ensurePrivateFolder(path);
    chmodSync(path, 0o777);
    await ensurePrivateFolder(path);
    expect(mode(path)).toBe(0o700);
  });

  it('of another user is refused and left as it is', async () => {
    const path = join(folder, 'data');
    mkdirSync(path, { mode: 0o755 });
    becomeAnother();
    await expect(ensurePrivateFolder(path)).rejects.toMatchObject(theirs);
    expect(mode(path)).toBe(0o755);
  });

  it('of another user is not locked', async () => {
    becomeAnother();
    const lock = await lockFolder(folder, { onLost: () => undefined });
    expect(lock).toMatchObject({ ok: false, code: 'failed', message: theirs.message });
  });
});

describe('a private file', () => {
  it('is closed to others, and may be missing', async () => {
    const file = join(folder, 'file');
    await ensurePrivateFile(file);
    writeFileSync(file, '', { mode: 0o644 });
    await ensurePrivateFile(file);
    expect(mode(file)).toBe(0o600);
  });

  it('of another user is refused: the key, and the keys of bots', async () => {
    writeFileSync(join(folder, 'api-key'), `${'A'.repeat(43)}\n`, { mode: 0o600 });
    writeFileSync(join(folder, 'keys.json'), '{"keys":[]}', { mode: 0o600 });
    becomeAnother();
    for (const file of ['api-key', 'keys.json']) await expect(ensurePrivateFile(join(folder, file))).rejects.toMatchObject(theirs);
    await expect(ensureApiKey(folder)).rejects.toMatchObject(theirs);
    await expect(readApiKey(folder)).rejects.toMatchObject(theirs);
    await expect(openConsumerStore(folder, { now: () => 0 })).rejects.toMatchObject(theirs);
  });
});
