import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Every file under a path, itself included, as paths relative to `root` with forward slashes, sorted.
 * @param {string} root
 * @param {string} path relative to root; absent is the same as empty
 * @param {(relative: string) => boolean} [enter] false leaves out a file or a whole folder
 * @returns {string[]}
 */
export function filesUnder(root, path, enter = () => true) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (stat === undefined || !enter(path)) return [];
  if (!stat.isDirectory()) return [path];
  const prefix = path === '' || path === '.' ? '' : `${path}/`;
  return readdirSync(join(root, path))
    .toSorted()
    .flatMap((name) => filesUnder(root, prefix + name, enter));
}

/**
 * A digest over names and contents. Contents, not times: a checkout or a copy changes every time and no content.
 * @param {string} root
 * @param {readonly string[]} files relative to root
 * @returns {string} SHA-256, hex
 */
export function digestOf(root, files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const bytes = readFileSync(join(root, file));
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

/**
 * What a stamp file says, or null where there is none that can be read.
 * @param {string} file
 * @returns {string | null}
 */
export function readStamp(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
