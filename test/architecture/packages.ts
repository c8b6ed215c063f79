import { importsOf } from './imports.ts';
import { place, sources } from './source.ts';
import type { FileMap } from './source.ts';

/** Packages that only one place may know, because that place holds the rules for using them. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
  keytar: ['src-main/adapters/keychain'],
  electron: ['src-main/shell/', 'src-main/index.ts', 'src-main/preload.ts', 'test/host/'],
};

/** Imports of such a package from elsewhere. */
export function strayPackages(files: FileMap): readonly string[] {
  return sources(files).flatMap((source) =>
    importsOf(source).flatMap(({ specifier, typeOnly, at }) => {
      const homes = specifier === null ? undefined : HOMES[specifier];
      if (homes === undefined || typeOnly || homes.some((home) => source.path.startsWith(home))) return [];
      return [`${place(source, at)} imports ${specifier}`];
    }),
  );
}
