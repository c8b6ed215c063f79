import { describe, expect, it } from 'vitest';
import { wrongArrows } from './arrows.ts';
import { undocumented } from './documented.ts';
import { emptyNames } from './file-names.ts';
import { addressed, unlocked, unpinned } from './manifest.ts';
import { strayPackages } from './packages.ts';
import { foreignPlaces } from './places.ts';
import { impurities, importsOutOfCore } from './pure-core.ts';
import { shortcuts } from './shortcuts.ts';
import { projectFiles } from './source.ts';
import type { FileMap } from './source.ts';

const code = projectFiles('src-main', 'src-renderer', 'test');
const whole = projectFiles();

/** What the project must be free of. That each check finds what it looks for is shown in planted.test.ts. */
const CHECKS: readonly (readonly [string, (files: FileMap) => readonly string[], FileMap])[] = [
  ['the core imports nothing outside itself', importsOutOfCore, code],
  ['the core knows no clock, chance, timer, process or network', impurities, code],
  ['arrows run downward only', wrongArrows, code],
  ['keytar and electron stay in their homes', strayPackages, code],
  ['no any, no silenced tool, no console, no test turned off, no work left behind', shortcuts, code],
  ['every export of src-main is documented', undocumented, code],
  ['every file of src-main is named for what it does', emptyNames, code],
  ['dependencies are pinned to one version', unpinned, whole],
  ['the lock file names no address', addressed, whole],
  ['the lock file is whole, for every platform', unlocked, whole],
  ['nothing points to the place where it was written', foreignPlaces, whole],
];

describe('the project', () => {
  it('was read', () => {
    expect([...code.keys()].filter((path) => path.startsWith('src-main/core/')).length).toBeGreaterThan(10);
    expect(whole.has('package-lock.json')).toBe(true);
    expect([...whole.keys()].filter((path) => path.startsWith('node_modules/'))).toEqual([]);
  });

  it.each(CHECKS)('%s', (_what, check, files) => {
    expect(check(files)).toEqual([]);
  });
});
