import type { FileMap } from './source.ts';

const EMPTY_NAMES = /(?:^|\/)(?:utils?|helpers?|common|misc|shared|lib|stuff|tools?)(?:\/|\.[a-z.]+$)/i;

/** Files of src-main whose name does not say what they do. */
export function emptyNames(files: FileMap): readonly string[] {
  return [...files.keys()].filter((path) => path.startsWith('src-main/') && EMPTY_NAMES.test(path));
}
