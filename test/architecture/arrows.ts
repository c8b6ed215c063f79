import { importsOf } from './imports.ts';
import type { Import } from './imports.ts';
import { place, sources } from './source.ts';
import type { FileMap } from './source.ts';

/**
 * Which folder of src-main may import which besides itself. Arrows run downward: whoever puts things together
 * (server.ts, index.ts, the command line's entry) stands on top, the core at the bottom. A line more here is a
 * decision, to be told in docs/decisions.md.
 */
export const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  core: [],
  contract: ['core'],
  keeper: ['core', 'contract'],
  adapters: ['core'],
  // Reading what an owner's bot is configured with.
  env: [],
  // What an owner asks for, wherever it is asked.
  owner: ['core', 'contract', 'keeper', 'env'],
  delivery: ['core', 'contract', 'keeper'],
  gateway: ['core', 'contract', 'keeper'],
  practice: ['core'],
  cli: ['core', 'contract', 'adapters', 'env'],
  // What server and desktop have in common: the keeper put together with its adapters.
  runtime: ['core', 'contract', 'keeper', 'adapters', 'env', 'owner', 'delivery', 'gateway'],
  shell: ['core', 'contract', 'adapters', 'owner', 'runtime'],
};

/**
 * Where only types may be taken. The contract is what window and main say, not what they do; whoever speaks to a
 * keeper is given one.
 */
const TYPES_ONLY: readonly (readonly [from: string, to: string])[] = [
  ['contract', 'core'],
  ['gateway', 'keeper'],
  ['delivery', 'keeper'],
  ['owner', 'keeper'],
];

/** Put everything together, and so may import anything. */
const TOPS: ReadonlySet<string> = new Set(['src-main/index.ts', 'src-main/server.ts', 'src-main/preload.ts']);

/** Imports that run upward or sideways. */
export function wrongArrows(files: FileMap): readonly string[] {
  return sources(files)
    .filter(({ path }) => (path.startsWith('src-main/') && !TOPS.has(path)) || path.startsWith('src-renderer/'))
    .flatMap((source) =>
      importsOf(source).flatMap((one) => {
        const complaint = source.path.startsWith('src-renderer/') ? fromWindow(one) : fromMain(layerOf(source.path), one);
        return complaint === null ? [] : [`${place(source, one.at)} ${complaint}`];
      }),
    );
}

function fromWindow({ target, specifier }: Import): string | null {
  if (target === null) return specifier?.startsWith('node:') === true ? `imports ${specifier}` : null;
  return target.startsWith('src-renderer/') || target.startsWith('src-main/contract/') ? null : `imports ${target}`;
}

function fromMain(from: string, { target, typeOnly, specifier }: Import): string | null {
  if (specifier === null) return 'imports something computed';
  if (target === null) return null;
  // The version stands there and nowhere else; the bundler takes it in.
  if (target === 'package.json') return null;
  if (!target.startsWith('src-main/')) return `imports ${target}, outside of src-main`;
  const to = layerOf(target);
  if (to === from) return null;
  const allowed = ALLOWED[from];
  if (allowed === undefined) return `stands in ${from}, which has no line in the table`;
  if (!allowed.includes(to)) return `imports ${target}: ${from} may not know ${to}`;
  if (!typeOnly && TYPES_ONLY.some((pair) => pair[0] === from && pair[1] === to)) return `imports more than types from ${target}`;
  return null;
}

/** The folder right under src-main, or the name of a file there. */
function layerOf(path: string): string {
  return path.split('/')[1] ?? '';
}
