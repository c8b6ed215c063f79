import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { icnsOf } from './icns.js';
import { icoOf } from './ico.js';
import { rasterize } from './raster.js';

/** Where the app's drawing is, from the root of the project. */
const DRAWING = 'src-main/assets/app/icon.svg';

/** The drawing keeps the margin that macOS wants; elsewhere an icon fills its square. */
const WITH_MARGIN = 'viewBox="0 0 1024 1024"';
const WITHOUT_MARGIN = 'viewBox="88 88 848 848"';

/** Sides of the images in the Windows icon, in pixels. */
const ICO_SIZES = [16, 20, 24, 32, 40, 48, 64, 128, 256];

/**
 * The app's own icon, for installers, task bars and windows.
 * @param {string} root
 * @returns {import('./sets.js').IconFile[]}
 */
export function appSet(root) {
  const drawing = readFileSync(join(root, DRAWING), 'utf8');
  if (!drawing.includes(WITH_MARGIN)) throw new Error(`${DRAWING} is not drawn on ${WITH_MARGIN}`);
  const filling = drawing.replace(WITH_MARGIN, WITHOUT_MARGIN);
  return [
    { path: 'app/icon.png', bytes: rasterize(filling, 1024) },
    { path: 'app/icon-512.png', bytes: rasterize(filling, 512) },
    { path: 'app/icon.ico', bytes: icoOf(ICO_SIZES.map((size) => rasterize(filling, size))) },
    { path: 'app/icon.icns', bytes: icnsOf((size) => rasterize(drawing, size)) },
  ];
}
