import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isBuilt, PRODUCT, promote, sourceDigest, TEST_PROGRAMS } from '../../scripts/setup/outputs.js';
import { scratch, write } from './scratch.ts';

const SOURCES = { 'src-main/server.ts': 's', 'src-main/cli/main.ts': 'c', 'src-renderer/main.tsx': 'r', 'scripts/icons/app.js': 'i', 'vite.config.ts': 'v', 'vite.config.window.ts': 'w', 'tsconfig.window.json': 't', 'package-lock.json': 'l', 'test/programs/p.ts': 'p' };

function built(): string {
  const root = scratch({ ...SOURCES, ...Object.fromEntries(PRODUCT.files.map((file) => [`fresh/${file}`, file])) });
  promote(join(root, 'fresh'), join(root, 'dist'), sourceDigest(root, PRODUCT));
  return root;
}

describe('isBuilt', () => {
  it('is true for what was built from these very sources', () => {
    expect(isBuilt(built(), PRODUCT)).toBe(true);
    expect(isBuilt(scratch(SOURCES), PRODUCT)).toBe(false);
  });

  it.each([...Object.keys(SOURCES).filter((path) => !path.startsWith('test/')), 'src-main/new.ts', 'scripts/build.js'])('is false after a change of %s', (path) => {
    const root = built();
    write(root, { [path]: 'changed' });
    expect(isBuilt(root, PRODUCT)).toBe(false);
  });

  it.each([...PRODUCT.files, '.built'])('is false without %s', (file) => {
    const root = built();
    rmSync(join(root, 'dist', file));
    expect(isBuilt(root, PRODUCT)).toBe(false);
  });

  it('does not care for tests', () => {
    const root = built();
    const programs = sourceDigest(root, TEST_PROGRAMS);
    write(root, { 'test/programs/p.ts': 'changed', 'test/a.test.ts': 'new' });
    expect(isBuilt(root, PRODUCT)).toBe(true);
    expect(sourceDigest(root, TEST_PROGRAMS)).not.toBe(programs);
    write(root, { 'test/programs/p.ts': 'p' });
    expect(sourceDigest(root, TEST_PROGRAMS)).toBe(programs);
  });
});

describe('promote', () => {
  it('replaces what was there and removes what is no longer made', () => {
    const root = scratch({ 'dist/server.js': 'old', 'dist/gone.js': 'old', 'dist/.built': 'old', 'fresh/server.js': 'new', 'fresh/shared/x.js': 'x', 'dist/shared/gone.js': 'old' });
    promote(join(root, 'fresh'), join(root, 'dist'), 'stamp');
    expect(readdirSync(join(root, 'dist')).toSorted()).toEqual(['.built', 'server.js', 'shared']);
    expect(readdirSync(join(root, 'dist/shared'))).toEqual(['x.js']);
    expect(readFileSync(join(root, 'dist/server.js'), 'utf8')).toBe('new');
    expect(readFileSync(join(root, 'dist/shared/x.js'), 'utf8')).toBe('x');
    expect(readFileSync(join(root, 'dist/.built'), 'utf8')).toBe('stamp');
    expect(existsSync(join(root, 'fresh/server.js'))).toBe(false);
  });
});

describe('the bundles', () => {
  it('of test programs are none while there are none', () => {
    expect(TEST_PROGRAMS.bundles(scratch(SOURCES)).map(({ mode }) => mode)).toEqual(['programs']);
    expect(TEST_PROGRAMS.bundles(scratch())).toEqual([]);
  });
});
