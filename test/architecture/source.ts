import { readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { filesUnder } from '../../scripts/setup/digest.js';

/** Files by their path from the root of the project: what every check reads, so that a test can plant a violation. */
export type FileMap = ReadonlyMap<string, string>;

/** A node of the syntax tree; everything else about it is looked at by name. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

export interface Source {
  readonly path: string;
  readonly text: string;
  readonly program: SyntaxNode;
  readonly comments: readonly { readonly type: string; readonly value: string; readonly start: number; readonly end: number }[];
}

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What git ignores, and git itself: no part of the project. */
const OUTSIDE = /(?:^|\/)node_modules\/|^(?:\.git|node_modules|dist|dist-host|dist-test|dist-bench|release|coverage|\.setup-lock[^/]*)(?:\/|$)|\.tsbuildinfo$/;
const BINARY = /\.(?:png|ico|icns|gif|jpe?g|woff2?|node)$/;

/** The project's files as they are now, those under the given folders or all. */
export function projectFiles(...folders: readonly string[]): FileMap {
  const paths = (folders.length === 0 ? ['.'] : folders).flatMap((folder) => filesUnder(ROOT, folder, (path) => !OUTSIDE.test(path) && !BINARY.test(path)));
  return new Map(paths.map((path) => [path, readFileSync(posix.join(ROOT, path), 'utf8')]));
}

/** The TypeScript files of a map, parsed. Throws where one cannot be parsed: a check that skipped it would pass. */
export function sources(files: FileMap): readonly Source[] {
  return [...files].filter(([path]) => /\.[cm]?tsx?$/.test(path)).map(([path, text]) => parse(path, text));
}

function parse(path: string, text: string): Source {
  const { program, comments, errors } = parseSync(path, text, {});
  const [error] = errors;
  if (error !== undefined) throw new Error(`${path}: ${error.message}`);
  if (!isNode(program)) throw new Error(`${path}: the parser gave no tree`);
  return { path, text, program, comments };
}

/** A node and everything below it, with the parent of each. */
export function* walk(node: SyntaxNode, parent: SyntaxNode | null = null): Generator<{ readonly node: SyntaxNode; readonly parent: SyntaxNode | null }> {
  yield { node, parent };
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* walk(child, node);
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value && 'end' in value;
}

/** The child of that name, where it is a node. */
export function child(node: SyntaxNode | null, field: string): SyntaxNode | null {
  const value = node?.[field];
  return isNode(value) ? value : null;
}

/** The children in a list of that name. */
export function children(node: SyntaxNode, field: string): readonly SyntaxNode[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The name of an identifier, else null. */
export function nameOf(node: SyntaxNode | null): string | null {
  return node?.type === 'Identifier' && typeof node['name'] === 'string' ? node['name'] : null;
}

/** `path:line`, for a message that an editor can open. */
export function place(source: Source, at: number): string {
  return `${source.path}:${source.text.slice(0, at).split('\n').length}`;
}
