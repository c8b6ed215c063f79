import { importsOf } from './imports.ts';
import { child, nameOf, place, sources, walk } from './source.ts';
import type { FileMap, SyntaxNode } from './source.ts';

const CORE = 'src-main/core/';

/** Names that reach the world without an import: clocks, chance, timers, the process, the network. */
const AMBIENT: ReadonlySet<string> = new Set(
  [
    'process globalThis global Buffer require module __dirname __filename navigator console',
    'setTimeout setInterval setImmediate queueMicrotask clearTimeout clearInterval',
    'fetch performance crypto localStorage WebSocket EventSource XMLHttpRequest',
  ].flatMap((line) => line.split(' ')),
);

/** Imports of the core that lead out of it. */
export function importsOutOfCore(files: FileMap): readonly string[] {
  return sources(files)
    .filter(({ path }) => path.startsWith(CORE))
    .flatMap((source) =>
      importsOf(source)
        .filter(({ target }) => target === null || !target.startsWith(CORE))
        .map(({ specifier, at }) => `${place(source, at)} imports ${specifier ?? 'something computed'}`),
    );
}

/** Uses in the core of what is different at every call: the clock, chance, the process, the network. */
export function impurities(files: FileMap): readonly string[] {
  return sources(files)
    .filter(({ path }) => path.startsWith(CORE))
    .flatMap((source) =>
      [...walk(source.program)].flatMap(({ node, parent }) => {
        const what = ambientUse(node, parent);
        return what === null ? [] : [`${place(source, node.start)} uses ${what}`];
      }),
    );
}

function ambientUse(node: SyntaxNode, parent: SyntaxNode | null): string | null {
  if (node.type === 'MetaProperty') return 'import.meta';
  if (node.type === 'NewExpression' && nameOf(child(node, 'callee')) === 'Date' && isEmpty(node['arguments'])) return 'new Date()';
  if (node.type === 'CallExpression' && nameOf(child(node, 'callee')) === 'Date') return 'Date()';
  if (node.type === 'MemberExpression') return clockOrChance(node);
  const name = nameOf(node);
  if (name === null || isKey(node, parent)) return null;
  return AMBIENT.has(name) ? name : null;
}

function clockOrChance(node: SyntaxNode): string | null {
  const object = nameOf(child(node, 'object'));
  const property = child(node, 'property');
  const field = nameOf(property) ?? (property?.type === 'Literal' ? property['value'] : null);
  if (object === 'Date' && field === 'now') return 'Date.now';
  if (object === 'Math' && field === 'random') return 'Math.random';
  if (object === 'Temporal' && field === 'Now') return 'Temporal.Now';
  return null;
}

function isEmpty(list: unknown): boolean {
  return Array.isArray(list) && list.length === 0;
}

/** Whether an identifier only names a field: `x.process`, `{ process: 1 }`, `process: string` in an interface. */
function isKey(node: SyntaxNode, parent: SyntaxNode | null): boolean {
  if (parent === null || parent['computed'] === true) return false;
  if (parent.type === 'MemberExpression') return parent['property'] === node;
  return parent['key'] === node;
}
