import { child, nameOf, place, sources, walk } from './source.ts';
import type { FileMap, Source, SyntaxNode } from './source.ts';

/** What a comment may not say: it would silence the compiler or the linter, or leave work behind. */
const COMMENTS: readonly (readonly [RegExp, string])[] = [
  [/@ts-(?:ignore|nocheck|expect-error)/, 'silences the compiler'],
  [/(?:eslint|oxlint)-disable/, 'silences the linter'],
  [/(?:istanbul|c8|v8) ignore/, 'hides from the coverage'],
  [/\b(?:TODO|FIXME|XXX)\b/, 'leaves work behind'],
];

const TEST_CALLS: ReadonlySet<string> = new Set(['it', 'test', 'describe', 'suite', 'bench']);
const TURNED_OFF: ReadonlySet<string> = new Set(['skip', 'only', 'todo', 'fails']);

/** `any`, silenced tools, console, tests that are skipped or alone, work left behind. */
export function shortcuts(files: FileMap): readonly string[] {
  return sources(files).flatMap((source) => [...inComments(source), ...inCode(source)]);
}

function inComments(source: Source): readonly string[] {
  return source.comments.flatMap(({ value, start }) =>
    COMMENTS.filter(([pattern]) => pattern.test(value)).map(([, what]) => `${place(source, start)} ${what}`),
  );
}

function inCode(source: Source): readonly string[] {
  return [...walk(source.program)].flatMap(({ node }) => {
    const what = shortcut(node);
    return what === null ? [] : [`${place(source, node.start)} ${what}`];
  });
}

function shortcut(node: SyntaxNode): string | null {
  if (node.type === 'TSAnyKeyword') return 'says any';
  if (node.type === 'TSEnumDeclaration') return 'declares an enum';
  if (node.type !== 'MemberExpression') return null;
  const field = nameOf(child(node, 'property')) ?? '';
  if (nameOf(child(node, 'object')) === 'console') return 'writes to the console';
  return TURNED_OFF.has(field) && TEST_CALLS.has(rootOf(node) ?? '') ? `says ${rootOf(node)}.${field}` : null;
}

/** The name at the left end of a chain such as `it.concurrent.skip`. */
function rootOf(node: SyntaxNode): string | null {
  const object = child(node, 'object');
  return object?.type === 'MemberExpression' ? rootOf(object) : nameOf(object);
}
