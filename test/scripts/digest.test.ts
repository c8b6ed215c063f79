import { mkdirSync, renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestOf, filesUnder, readStamp } from '../../scripts/setup/digest.js';
import { scratch, write } from './scratch.ts';

describe('filesUnder', () => {
  it('lists files, sorted, and leaves out what is not wanted', () => {
    const root = scratch({ 'a/b.ts': '', 'a/skip/c.ts': '', 'a/a.ts': '', 'd.ts': '' });
    expect(filesUnder(root, 'a')).toEqual(['a/a.ts', 'a/b.ts', 'a/skip/c.ts']);
    expect(filesUnder(root, 'a', (path) => path !== 'a/skip')).toEqual(['a/a.ts', 'a/b.ts']);
    expect(filesUnder(root, 'd.ts')).toEqual(['d.ts']);
    expect(filesUnder(root, '.')).toEqual(['a/a.ts', 'a/b.ts', 'a/skip/c.ts', 'd.ts']);
    expect(filesUnder(root, 'absent')).toEqual([]);
  });
});

describe('digestOf', () => {
  const digest = (root: string): string => digestOf(root, filesUnder(root, 'src'));

  it('changes with content and with names, not with times', () => {
    const root = scratch({ 'src/a.ts': 'one', 'src/b.ts': 'two' });
    const before = digest(root);
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    utimesSync(join(root, 'src/a.ts'), 1, 1);
    expect(digest(root)).toBe(before);
    write(root, { 'src/a.ts': 'One' });
    expect(digest(root)).not.toBe(before);
    write(root, { 'src/a.ts': 'one' });
    expect(digest(root)).toBe(before);
    renameSync(join(root, 'src/a.ts'), join(root, 'src/c.ts'));
    expect(digest(root)).not.toBe(before);
  });

  it('tells apart two files and one that holds both', () => {
    const root = scratch({ 'x/src/a': 'one', 'x/src/b': 'two', 'y/src/a': 'onesrc/b\0\0two' });
    expect(digest(join(root, 'x'))).not.toBe(digest(join(root, 'y')));
  });
});

describe('readStamp', () => {
  it('gives what was written, null where there is nothing', () => {
    const root = scratch({ stamp: 'abc' });
    mkdirSync(join(root, 'folder'));
    expect(readStamp(join(root, 'stamp'))).toBe('abc');
    expect(readStamp(join(root, 'absent'))).toBeNull();
    expect(readStamp(join(root, 'folder'))).toBeNull();
  });
});
