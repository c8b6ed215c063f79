import { describe, expect, it } from 'vitest';
import { wrongArrows } from './arrows.ts';
import { undocumented } from './documented.ts';
import { emptyNames } from './file-names.ts';
import { addressed, unlocked, unpinned } from './manifest.ts';
import { strayPackages } from './packages.ts';
import { foreignPlaces } from './places.ts';
import { impurities, importsOutOfCore } from './pure-core.ts';
import { shortcuts } from './shortcuts.ts';
import { sources } from './source.ts';

// Each check is shown a planted violation: a check that finds nothing anywhere would pass on the project too.

const CORE = 'src-main/core/planted.ts';

const one = (path: string, text: string): ReadonlyMap<string, string> => new Map([[path, text]]);

describe('imports out of the core', () => {
  it.each([
    ['static', `import { readFileSync } from 'node:fs';`, 'node:fs'],
    ['for its effect', `import 'zod';`, 'zod'],
    ['of a type', `import type { X } from '../keeper/api.ts';`, '../keeper/api.ts'],
    ['in a type', `export type X = import('zod').ZodType;`, 'zod'],
    ['re-export', `export { x } from '../adapters/clock.ts';`, '../adapters/clock.ts'],
    ['re-export of all', `export * from '../adapters/clock.ts';`, '../adapters/clock.ts'],
    ['dynamic', `export const x = () => import('node:os');`, 'node:os'],
    ['computed', 'export const x = (y: string) => import(y);', 'something computed'],
    ['require', `const x = require('fs');`, 'fs'],
    ['import equals', `import x = require('fs');`, 'fs'],
    ['round the corner', `import { y } from './../core-of-another/x.ts';`, './../core-of-another/x.ts'],
  ])('%s', (_how, text, what) => {
    expect(importsOutOfCore(one(CORE, text))).toEqual([`${CORE}:1 imports ${what}`]);
  });

  it('are not those that stay inside', () => {
    const text = `import type { X } from '../core/ports.ts';\nexport { y } from './y.ts';\nexport const z = "from 'node:fs'"; // import 'node:fs'`;
    expect(importsOutOfCore(one(CORE, text))).toEqual([]);
    expect(importsOutOfCore(one('src-main/adapters/x.ts', `import 'node:fs';`))).toEqual([]);
  });
});

describe('impurities of the core', () => {
  it.each([
    ['Date.now', 'export const x = Date.now();'],
    ['Date.now', 'export const x = Date["now"]();'],
    ['Date.now', 'export const x = [1].map(Date.now);'],
    ['new Date()', 'export const x = new Date();'],
    ['Date()', 'export const x = Date();'],
    ['Math.random', 'export const x = Math.random();'],
    ['setTimeout', 'setTimeout(() => {}, 1);'],
    ['process', 'export const x = process.env["HOME"];'],
    ['process', 'export const x = { process };'],
    ['fetch', 'export const x = fetch;'],
    ['performance', 'export const x = performance.now();'],
    ['crypto', 'export const x = crypto.randomUUID();'],
    ['globalThis', 'export const x = globalThis.Date;'],
    ['import.meta', 'export const x = import.meta.url;'],
  ])('%s', (what, text) => {
    expect(impurities(one(CORE, text))).toEqual([`${CORE}:1 uses ${what}`]);
  });

  it('are not names of fields, nor dates made from a number', () => {
    const text = 'interface X { process: string; now(): number }\nexport const f = (x: X, at: number) => [x.process, new Date(at), { fetch: 1 }, Date.parse("2026-01-01"), x.now()];';
    expect(impurities(one(CORE, text))).toEqual([]);
  });
});

describe('wrong arrows', () => {
  it.each([
    ['src-main/contract/x.ts', `import { f } from '../core/f.ts';`, 'imports more than types from src-main/core/f.ts'],
    ['src-main/gateway/x.ts', `import { f } from '../keeper/keeper.ts';`, 'imports more than types from src-main/keeper/keeper.ts'],
    ['src-main/contract/x.ts', `import type { F } from '../keeper/api.ts';`, 'imports src-main/keeper/api.ts: contract may not know keeper'],
    ['src-main/keeper/x.ts', `import { f } from '../adapters/clock.ts';`, 'imports src-main/adapters/clock.ts: keeper may not know adapters'],
    ['src-main/adapters/keychain/x.ts', `import { f } from '../../gateway/server.ts';`, 'imports src-main/gateway/server.ts: adapters may not know gateway'],
    ['src-main/gateway/x.ts', `import { f } from '../server.ts';`, 'imports src-main/server.ts: gateway may not know server.ts'],
    ['src-main/newcomer/x.ts', `import { f } from '../core/f.ts';`, 'stands in newcomer, which has no line in the table'],
    ['src-main/gateway/x.ts', `import { f } from '../../test/x.ts';`, 'imports test/x.ts, outside of src-main'],
    ['src-main/cli/x.ts', 'export const f = (x: string) => import(x);', 'imports something computed'],
    ['src-renderer/app/x.ts', `import type { F } from '../../src-main/keeper/api.ts';`, 'imports src-main/keeper/api.ts'],
    ['src-renderer/app/x.ts', `import { f } from 'node:fs';`, 'imports node:fs'],
  ])('%s: %s', (path, text, complaint) => {
    expect(wrongArrows(one(path, text))).toEqual([`${path}:1 ${complaint}`]);
  });

  it('are not those that run downward, nor those of the top', () => {
    expect(wrongArrows(one('src-main/keeper/x.ts', `import { f } from '../core/f.ts'; import type { S } from '../contract/status.ts';`))).toEqual([]);
    expect(wrongArrows(one('src-main/server.ts', `import './gateway/x.ts'; import './practice/x.ts'; import 'node:fs';`))).toEqual([]);
    expect(wrongArrows(one('src-renderer/app/x.ts', `import type { S } from '../../src-main/contract/status.ts'; import 'react';`))).toEqual([]);
    expect(wrongArrows(one('src-main/contract/x.ts', `import type { S } from '../core/state.ts';`))).toEqual([]);
  });
});

describe('packages away from home', () => {
  it('keytar outside of the keychain, electron in a test', () => {
    expect(strayPackages(one('src-main/adapters/settings.ts', `import keytar from 'keytar';`))).toEqual(['src-main/adapters/settings.ts:1 imports keytar']);
    expect(strayPackages(one('test/x.test.ts', `const e = await import('electron');`))).toEqual(['test/x.test.ts:1 imports electron']);
    expect(strayPackages(one('src-main/adapters/keychain/keytar.ts', `import keytar from 'keytar';`))).toEqual([]);
  });
});

describe('shortcuts', () => {
  it.each([
    ['says any', 'export const x = (y: any) => y;'],
    ['says any', 'export const x = (y: unknown) => y as any;'],
    ['silences the compiler', '// @ts-ignore\nf();'],
    ['silences the compiler', '/* @ts-nocheck */'],
    ['silences the linter', '// oxlint-disable-next-line no-eval\nf();'],
    ['silences the linter', '/* eslint-disable */'],
    ['hides from the coverage', '/* v8 ignore next */'],
    ['leaves work behind', '// TODO later'],
    ['writes to the console', `console.log('x');`],
    ['says it.skip', `it.skip('x', () => {});`],
    ['says it.only', `it.only('x', () => {});`],
    ['says describe.skip', `describe.concurrent.skip('x', () => {});`],
    ['says test.todo', `test.todo('x');`],
    ['declares an enum', 'enum X { A }'],
  ])('%s', (what, text) => {
    expect(shortcuts(one('test/x.test.ts', text))).toEqual([`test/x.test.ts:1 ${what}`]);
  });

  it('are not words in a string, nor tests that need something', () => {
    const text = `export const x = ['any', 'console.log', '// @ts-ignore'];\nit.runIf(true)('any', () => {}); // any of them\nstream.skip(3);`;
    expect(shortcuts(one('test/x.test.ts', text))).toEqual([]);
  });
});

describe('undocumented exports', () => {
  it.each([
    ['a function', 'export function f(): void {}', 'f'],
    ['a constant', '// no doc comment\nexport const f = 1;', 'f'],
    ['a type', 'export type f = 1;', 'f'],
    ['an interface', 'export interface f { a: 1 }', 'f'],
    ['a class', 'export class f {}', 'f'],
    ['a comment of another', '/** Of a. */\nconst a = 1;\nexport const f = a;', 'f'],
    ['an empty comment', '/** */\nexport const f = 1;', 'f'],
    ['in a list', 'const f = 1;\nexport { f };', 'f'],
    ['the default', 'export default function () {}', 'default'],
  ])('%s', (_what, text, name) => {
    expect(undocumented(one('src-main/x.ts', text)).map((line) => line.split(' ')[1])).toEqual([name]);
  });

  it('are not those with a comment, re-exports, and what is not exported', () => {
    const text = `/** Does f. */\nexport function f(): void;\nexport function f(x?: 1): void {}\nconst g = 1;\nexport type { H } from './h.ts';\n/** K. */\nconst k = g;\nexport { k };\nexport default k;`;
    expect(undocumented(one('src-main/x.ts', text))).toEqual([]);
    expect(undocumented(one('test/x.ts', 'export const f = 1;'))).toEqual([]);
  });
});

describe('empty names', () => {
  it('of files and folders', () => {
    const files = new Map(['src-main/core/utils.ts', 'src-main/helpers/x.ts', 'src-main/common.ts', 'src-main/core/misc/a.ts', 'src-main/core/clock.ts'].map((path) => [path, '']));
    expect(emptyNames(files)).toEqual(['src-main/core/utils.ts', 'src-main/helpers/x.ts', 'src-main/common.ts', 'src-main/core/misc/a.ts']);
  });
});

describe('the manifest', () => {
  it('dependencies that float', () => {
    const dependencies = { a: '1.2.3', b: '^1.2.3', c: 'npm:@x/y@1.2.3', d: 'npm:y@1', e: '*', f: '1.0.0-beta.1' };
    expect(unpinned(one('package.json', JSON.stringify({ dependencies, devDependencies: { g: 'latest' } })))).toEqual(['b ^1.2.3', 'd npm:y@1', 'e *', 'g latest']);
  });

  it('an address in the lock file', () => {
    const packages = { '': {}, 'node_modules/a': { version: '1.0.0', resolved: 'http://127.0.0.1:4873/a.tgz' } };
    expect(addressed(one('package-lock.json', JSON.stringify({ packages })))).toEqual(['node_modules/a http://127.0.0.1:4873/a.tgz']);
  });

  it('packages that the lock file lacks', () => {
    const packages = {
      '': { dependencies: { a: '1.0.0' } },
      'node_modules/a': { version: '1.0.0', dependencies: { b: '1', '@x/c': '1' }, optionalDependencies: { 'a-darwin': '1.0.0' } },
      'node_modules/a/node_modules/b': { version: '1.0.0', dependencies: { '@x/c': '1' } },
      'node_modules/@x/c': { version: '1.0.0' },
    };
    expect(unlocked(one('package-lock.json', JSON.stringify({ packages })))).toEqual(['a-darwin, wanted by node_modules/a']);
  });
});

describe('places of one machine', () => {
  it('are found, with their line', () => {
    const up = '..';
    expect(foreignPlaces(one('docs/x.md', `fine\nsee ${up}/shared/design.md`))).toEqual([`docs/x.md:2 see ${up}/shared/design.md`]);
    expect(foreignPlaces(one('x.ts', `const a = '${['', 'work', 'main', 'x'].join('/')}';`))).toHaveLength(1);
    expect(foreignPlaces(one('x.ts', `const a = 'https://example.com/work/1/shared';`))).toEqual([]);
  });
});

describe('a file that cannot be parsed', () => {
  it('is an error, never passed over', () => {
    expect(() => sources(one('src-main/x.ts', 'export const = 1;'))).toThrow(/^src-main\/x\.ts: /);
  });
});
