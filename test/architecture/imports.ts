import { posix } from 'node:path';
import { child, nameOf, walk } from './source.ts';
import type { Source, SyntaxNode } from './source.ts';

/** One way in which a file reaches for another. */
export interface Import {
  /** As written; null where it is computed, so that nobody can tell what it reaches. */
  readonly specifier: string | null;
  /** The file it names inside the project, for a relative one; null for a package or a Node module. */
  readonly target: string | null;
  /** Gone after compiling. */
  readonly typeOnly: boolean;
  readonly at: number;
}

/** Static and dynamic imports, re-exports, `require`, `import x = require()`, `import('x').Type`. */
export function importsOf(source: Source): readonly Import[] {
  return [...walk(source.program)].flatMap(({ node }) => {
    const reach = reachOf(node);
    if (reach === null) return [];
    const specifier = literal(reach.from);
    const relative = specifier?.startsWith('.') === true;
    return [{ specifier, target: relative ? posix.join(posix.dirname(source.path), specifier) : null, typeOnly: reach.typeOnly, at: node.start }];
  });
}

function reachOf(node: SyntaxNode): { readonly from: SyntaxNode | null; readonly typeOnly: boolean } | null {
  switch (node.type) {
    case 'ImportDeclaration':
      return { from: child(node, 'source'), typeOnly: node['importKind'] === 'type' };
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return child(node, 'source') === null ? null : { from: child(node, 'source'), typeOnly: node['exportKind'] === 'type' };
    case 'ImportExpression':
      return { from: child(node, 'source'), typeOnly: false };
    case 'TSImportType':
      return { from: child(node, 'source'), typeOnly: true };
    case 'TSExternalModuleReference':
      return { from: child(node, 'expression'), typeOnly: false };
    case 'CallExpression':
      return nameOf(child(node, 'callee')) === 'require' ? { from: firstArgument(node), typeOnly: false } : null;
    default:
      return null;
  }
}

function firstArgument(call: SyntaxNode): SyntaxNode | null {
  return child({ ...call, first: Array.isArray(call['arguments']) ? call['arguments'][0] : null }, 'first');
}

function literal(node: SyntaxNode | null): string | null {
  return node?.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : null;
}
