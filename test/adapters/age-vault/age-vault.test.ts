import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { armor, Decrypter } from 'age-encryption';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAgeVault } from '../../../src-main/adapters/age-vault/age-vault.ts';
import type { SecretMarker, Vault } from '../../../src-main/core/ports.ts';

const PASSPHRASE = 'correct horse battery staple';
let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evertoken-age-'));
  file = join(folder, 'vault.age');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const marker = (n = 1, changes: Partial<SecretMarker> = {}): SecretMarker => ({ id: `m${n}`, vault: 'file', account: `inst/conn${n}/token`, lastFour: '0001', savedAt: 0, ...changes });
const open = (passphrase = PASSPHRASE) => openAgeVault({ file, passphrase, scryptWorkFactor: 4 });
async function vault(): Promise<Vault> {
  const opened = await open();
  if (!opened.ok) throw new Error(opened.message);
  return opened.vault;
}
const bytes = (): string[] => [readFileSync(file, 'utf8'), readFileSync(`${file}.key`, 'utf8')];

describe('the age vault', () => {
  it('keeps secrets over a restart, in two private files without a word in clear', async () => {
    const opened = await open();
    expect(opened).toMatchObject({ ok: true, created: true });
    if (!opened.ok) return;
    expect(await opened.vault.write(marker(), 'EAATestAge0001')).toEqual({ outcome: 'stored' });
    const again = await open();
    expect(again).toMatchObject({ ok: true, created: false });
    expect(await (await vault()).read(marker())).toEqual({ outcome: 'present', secret: 'EAATestAge0001' });
    expect(bytes().join('')).not.toMatch(/EAATest|inst|AGE-SECRET/);
    expect([file, `${file}.key`].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o600]);
    expect(readdirSync(folder).toSorted()).toEqual(['vault.age', 'vault.age.key']);
  });

  it('is the standard age format: passphrase → identity → JSON', async () => {
    await (await vault()).write(marker(), 'EAATestAge0001');
    const [sealed = '', wrapped = ''] = bytes();
    expect(wrapped.startsWith('-----BEGIN AGE ENCRYPTED FILE-----\n')).toBe(true);
    const key = new Decrypter();
    key.addPassphrase(PASSPHRASE);
    const identity = (await key.decrypt(armor.decode(wrapped), 'text')).trim();
    expect(identity).toMatch(/^AGE-SECRET-KEY-1[A-Z0-9]+$/);
    const inner = new Decrypter();
    inner.addIdentity(identity);
    expect(JSON.parse(await inner.decrypt(armor.decode(sealed), 'text'))).toEqual({ version: 1, secrets: { 'inst/conn1/token': { id: 'm1', secret: 'EAATestAge0001' } } });
  });

  it('erases for good, says lost for what is gone, and never mixes accounts', async () => {
    const first = await vault();
    await Promise.all([1, 2, 3].map((n) => first.write(marker(n), `EAATestAge000${n}`)));
    expect(await first.erase(marker(2))).toBe(true);
    expect(await first.read(marker(2))).toEqual({ outcome: 'absent' });
    const second = await vault();
    expect(await second.read(marker(2))).toEqual({ outcome: 'lost' });
    expect(await second.read(marker(1, { id: 'other' }))).toEqual({ outcome: 'lost' });
    expect(await Promise.all([1, 3].map((n) => second.read(marker(n))))).toEqual([1, 3].map((n) => ({ outcome: 'present', secret: `EAATestAge000${n}` })));
    expect(await second.erase(marker(2))).toBe(true);
  });

  it('leaves what the keychain holds alone', async () => {
    const opened = await vault();
    expect((await opened.read(marker(1, { vault: 'keychain' }))).outcome).toBe('unavailable');
    expect(await opened.erase(marker(1, { vault: 'keychain' }))).toBe(false);
  });

  it('refuses an empty secret and an empty passphrase', async () => {
    expect((await (await vault()).write(marker(), '')).outcome).toBe('unavailable');
    expect(await open('')).toMatchObject({ ok: false, code: 'empty-passphrase' });
  });

  it('keeps the old content when a write fails, and works again afterwards', async () => {
    const opened = await vault();
    await opened.write(marker(1), 'EAATestAge0001');
    const before = bytes();
    rmSync(file);
    mkdirSync(join(file, 'in-the-way'), { recursive: true });
    expect(await opened.write(marker(2), 'EAATestAge0002')).toMatchObject({ outcome: 'unavailable', reason: expect.stringContaining('could not be saved') as string });
    expect(await opened.erase(marker(1))).toBe(false);
    expect((await opened.read(marker(2))).outcome).not.toBe('present');
    rmSync(file, { recursive: true });
    writeFileSync(file, before[0] ?? '');
    expect(await opened.read(marker(1))).toEqual({ outcome: 'present', secret: 'EAATestAge0001' });
    expect(await opened.write(marker(3), 'EAATestAge0003')).toEqual({ outcome: 'stored' });
    const again = await vault();
    expect(await Promise.all([1, 2, 3].map(async (n) => (await again.read(marker(n))).outcome))).toEqual(['present', 'lost', 'present']);
  });
});

describe('a vault that does not open', () => {
  beforeEach(async () => void (await (await vault()).write(marker(), 'EAATestAge0001')));

  const harms: readonly [string, string, () => void, string?][] = [
    ['wrong-passphrase', 'of another passphrase', () => undefined, 'wrong'],
    ['broken', 'with a broken key', () => writeFileSync(`${file}.key`, 'nonsense')],
    ['broken', 'cut off', () => writeFileSync(file, readFileSync(file, 'utf8').slice(0, 200))],
    ['broken', 'with one letter changed', () => writeFileSync(file, readFileSync(file, 'utf8').replace(/(\n.{10})(.)/, (_all, head: string, letter: string) => head + (letter === 'A' ? 'B' : 'A')))],
    ['broken', 'empty', () => writeFileSync(file, '')],
    ['half-missing', 'without its key', () => rmSync(`${file}.key`)],
    ['half-missing', 'without its secrets', () => rmSync(file)],
  ];

  it.each(harms)('%s: %s; says so in a sentence and overwrites nothing', async (code, _what, harm, passphrase) => {
    harm();
    const before = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
    const opened = await open(passphrase);
    expect(opened).toMatchObject({ ok: false, code, message: expect.stringContaining(file) as string });
    expect(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')])).toEqual(before);
  });

  it('disk: cannot be read', async () => {
    rmSync(file);
    mkdirSync(file);
    expect(await open()).toMatchObject({ ok: false, code: 'disk' });
  });
});
