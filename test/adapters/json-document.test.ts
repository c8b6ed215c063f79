import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openJsonDocument } from '../../src-main/adapters/json-document.ts';
import { StorageFault } from '../../src-main/adapters/storage-fault.ts';

const schema = z.object({ words: z.array(z.string()) });
const NOW = Date.UTC(2030, 0, 1, 12);
const STAMP = '2030-01-01T12-00-00-000Z';

const folder = (): string => mkdtempSync(join(tmpdir(), 'evertoken-document-'));
const open = (at: string, mayBeLost = false) => openJsonDocument({ folder: at, name: 'words', schema, empty: { words: [] }, clock: { now: () => NOW }, mayBeLost });
const onDisk = (at: string): unknown => JSON.parse(readFileSync(join(at, 'words.json'), 'utf8'));

describe('a document in the data folder', () => {
  it('is kept, private, and read again', async () => {
    const at = folder();
    const { document, setAside } = await open(at);
    expect([document.get(), setAside, existsSync(join(at, 'words.json'))]).toEqual([{ words: [] }, null, false]);
    await document.save({ words: ['a'] });
    expect([document.get(), onDisk(at), (await open(at)).document.get()]).toEqual([{ words: ['a'] }, { words: ['a'] }, { words: ['a'] }]);
    expect(statSync(join(at, 'words.json')).mode & 0o777).toBe(0o600);
    expect(readdirSync(at)).toEqual(['words.json']);
  });

  it('is closed to others where it was laxer, and freed of half-made copies', async () => {
    const at = folder();
    writeFileSync(join(at, 'words.json'), '{"words":["a"]}', { mode: 0o644 });
    writeFileSync(join(at, 'words.json.tmp-0123'), '{"wor');
    expect((await open(at)).document.get()).toEqual({ words: ['a'] });
    expect([statSync(join(at, 'words.json')).mode & 0o777, readdirSync(at)]).toEqual([0o600, ['words.json']]);
  });

  it('holds what was saved last, however many saves were under way', async () => {
    const at = folder();
    const { document } = await open(at);
    await Promise.all(Array.from({ length: 20 }, (_, index) => document.save({ words: [...document.get().words, String(index)] })));
    expect(onDisk(at)).toEqual({ words: Array.from({ length: 20 }, (_, index) => String(index)) });
  });

  it.each(['', '{', '{"words":"a"}', '[]', 'null', '{"words":["a"]}\0'])('that says %j is put aside whole, said, and never lost', async (text) => {
    const at = folder();
    writeFileSync(join(at, 'words.json'), text);
    const { document, setAside } = await open(at);
    expect([document.get(), setAside]).toEqual([{ words: [] }, join(at, `words.corrupt-${STAMP}.json`)]);
    await document.save({ words: ['b'] });
    expect([onDisk(at), readFileSync(String(setAside), 'utf8'), statSync(String(setAside)).mode & 0o777]).toEqual([{ words: ['b'] }, text, 0o600]);
  });

  it('that is broken is put aside once, and never over an earlier one', async () => {
    const at = folder();
    const asides: (string | null)[] = [];
    for (const text of ['first', 'second']) {
      writeFileSync(join(at, 'words.json'), text);
      asides.push((await open(at)).setAside, (await open(at)).setAside);
    }
    expect(asides).toEqual([join(at, `words.corrupt-${STAMP}.json`), null, join(at, `words.corrupt-${STAMP}-1.json`), null]);
    expect([readFileSync(String(asides[0]), 'utf8'), readFileSync(String(asides[2]), 'utf8')]).toEqual(['first', 'second']);
  });

  it('that cannot be read is not taken for an empty one', async () => {
    const at = folder();
    mkdirSync(join(at, 'words.json'));
    await expect(open(at)).rejects.toBeInstanceOf(StorageFault);
    expect((await open(at, true)).document.get()).toEqual({ words: [] });
  });

  it('that cannot be put aside stays as it is', async () => {
    const at = folder();
    // Just short enough for a file; with the time in it no longer.
    const name = 'w'.repeat(245);
    writeFileSync(join(at, `${name}.json`), 'broken');
    await expect(openJsonDocument({ folder: at, name, schema, empty: { words: [] }, clock: { now: () => NOW } })).rejects.toThrow('ENAMETOOLONG');
    expect(readFileSync(join(at, `${name}.json`), 'utf8')).toBe('broken');
  });

  it('holds for this run where the disk refuses, and is whole on disk with the next save', async () => {
    const at = join(folder(), 'gone');
    const { document } = await open(at);
    await expect(document.save({ words: ['a'] })).rejects.toBeInstanceOf(StorageFault);
    expect(document.get()).toEqual({ words: ['a'] });
    mkdirSync(at);
    await document.save({ words: [...document.get().words, 'b'] });
    expect(onDisk(at)).toEqual({ words: ['a', 'b'] });
  });
});
