import { child, children, nameOf, place, sources } from './source.ts';
import type { FileMap, Source, SyntaxNode } from './source.ts';

/** Exported names of src-main without a doc comment of their own. */
export function undocumented(files: FileMap): readonly string[] {
  return sources(files)
    .filter(({ path }) => path.startsWith('src-main/'))
    .flatMap((source) => exportsOf(source).filter(({ at }) => !hasDoc(source, at)).map(({ name, at }) => `${place(source, at)} ${name}`));
}

/** Each exported name once, with where its comment must end. Re-exports are documented where they come from. */
function exportsOf(source: Source): readonly { readonly name: string; readonly at: number }[] {
  const body = children(source.program, 'body');
  const found = new Map<string, number>();
  const add = (name: string, at: number): void => {
    if (!found.has(name)) found.set(name, at);
  };
  const startOf = (local: string | null): number | undefined => (local === null ? undefined : body.find((one) => namesIn(one).includes(local))?.start);
  for (const statement of body) {
    if (statement.type === 'ExportDefaultDeclaration') add('default', startOf(nameOf(child(statement, 'declaration'))) ?? statement.start);
    if (statement.type !== 'ExportNamedDeclaration' || child(statement, 'source') !== null) continue;
    const declaration = child(statement, 'declaration');
    if (declaration !== null) for (const name of namesIn(declaration)) add(name, statement.start);
    for (const specifier of children(statement, 'specifiers')) {
      const local = nameOf(child(specifier, 'local')) ?? '';
      add(local, startOf(local) ?? specifier.start);
    }
  }
  return [...found].map(([name, at]) => ({ name, at }));
}

function namesIn(declaration: SyntaxNode): readonly string[] {
  if (declaration.type !== 'VariableDeclaration') return [nameOf(child(declaration, 'id')) ?? ''];
  return children(declaration, 'declarations').map((one) => nameOf(child(one, 'id')) ?? '(a pattern)');
}

function hasDoc(source: Source, at: number): boolean {
  return source.comments.some(
    ({ type, value, end }) => type === 'Block' && value.startsWith('*') && value.replaceAll('*', '').trim() !== '' && end <= at && source.text.slice(end, at).trim() === '',
  );
}
