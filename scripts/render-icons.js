// node scripts/render-icons.js [folder]: renders every icon from its drawing in src-main/assets; dist/icons unless told.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { appSet } from './icons/app.js';
import { linuxSet, macosSet, windowsSet } from './icons/sets.js';

/**
 * Renders the icons of tray and app. The same drawings give the same bytes.
 * @param {string} root the project's folder
 * @param {string} outFolder where they go; made if absent, and nothing in it is deleted
 * @returns {Promise<readonly string[]>} what was written, from outFolder, with forward slashes; rejects where a
 *   drawing is missing or says what cannot be rendered
 */
export async function renderIcons(root, outFolder) {
  const files = [linuxSet, windowsSet, macosSet, appSet].flatMap((set) => set(root));
  const folders = new Set(files.map(({ path }) => dirname(join(outFolder, path))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  await Promise.all(files.map(({ path, bytes }) => writeFile(join(outFolder, path), bytes)));
  return files.map(({ path }) => path);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  const started = performance.now();
  const paths = await renderIcons(root, resolve(process.argv[2] ?? join(root, 'dist', 'icons')));
  process.stdout.write(`${paths.length} icons in ${Math.round(performance.now() - started)} ms\n`);
}
