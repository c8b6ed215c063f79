import type { FileMap } from './source.ts';

/** Places that exist only where somebody worked on this: a reader's clone has none of them. */
const PLACES: readonly RegExp[] = [
  /\.\.\/shared\b/,
  /\/work\/(?:main|shared|\.)/,
  /\/root\/\w/,
];

/** Lines that name such a place. */
export function foreignPlaces(files: FileMap): readonly string[] {
  return [...files].flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => (PLACES.some((pattern) => pattern.test(line)) ? [`${path}:${index + 1} ${line.trim().slice(0, 100)}`] : [])),
  );
}
