import { composeIcon } from './compose.js';
import { icoOf } from './ico.js';
import { LOOKS, STATES } from './looks.js';
import { ANY_PANEL, DARK_PANEL, LIGHT_PANEL, TEMPLATE } from './palette.js';
import { rasterize } from './raster.js';
import { EIGHTHS } from './ring.js';

/** @typedef {import('./compose.js').Subject} Subject */
/** @typedef {{ path: string, bytes: Buffer }} IconFile a file and where it goes, from the folder of icons */

/** Sides of the images in an icon of the Windows tray, in pixels: 100 to 300 percent. */
const WINDOWS_SIZES = [16, 20, 24, 32, 40, 48];

/**
 * What the Linux tray can be given. Electron sends a panel nothing but the image at 100 percent, and takes `@2x` for
 * the rest of the desktop; a panel that is drawn larger needs a file that is larger.
 */
const LINUX_SIZES = [
  { folder: 'linux', suffix: '', size: 22, margin: 1 },
  { folder: 'linux', suffix: '@2x', size: 44, margin: 2 },
  { folder: 'linux/24', suffix: '', size: 24, margin: 1 },
  { folder: 'linux/32', suffix: '', size: 32, margin: 1 },
  { folder: 'linux/48', suffix: '', size: 48, margin: 2 },
];

const MACOS_SIZES = [
  { suffix: '', size: 16 },
  { suffix: '@2x', size: 32 },
];

/**
 * All that the tray can show: each state without a ring, and those that have one with every step of it.
 * @returns {Subject[]}
 */
export function subjects() {
  return STATES.flatMap((state) => {
    const steps = LOOKS[state].ringed === null ? [] : Array.from({ length: EIGHTHS + 1 }, (_, eighths) => eighths);
    return [null, ...steps].map((ringEighths) => ({ state, ringEighths }));
  });
}

/**
 * PNGs in colours that any panel can bear.
 * @param {string} root
 * @returns {IconFile[]}
 */
export function linuxSet(root) {
  return subjects().flatMap((subject) =>
    LINUX_SIZES.map(({ folder, suffix, size, margin }) => ({
      path: `${folder}/${nameOf(subject)}${suffix}.png`,
      bytes: rasterize(composeIcon(root, subject, { size, margin, palette: ANY_PANEL })),
    })),
  );
}

/**
 * One `.ico` for light and one for dark panels: Windows tells which it has.
 * @param {string} root
 * @returns {IconFile[]}
 */
export function windowsSet(root) {
  const panels = [
    { folder: 'windows/light', palette: LIGHT_PANEL },
    { folder: 'windows/dark', palette: DARK_PANEL },
  ];
  return subjects().flatMap((subject) =>
    panels.map(({ folder, palette }) => ({
      path: `${folder}/${nameOf(subject)}.ico`,
      bytes: icoOf(WINDOWS_SIZES.map((size) => rasterize(composeIcon(root, subject, { size, margin: 0, palette })))),
    })),
  );
}

/**
 * Template images, which the system colours to suit its menu bar, and a set in colour besides.
 * @param {string} root
 * @returns {IconFile[]}
 */
export function macosSet(root) {
  const kinds = [
    { folder: 'macos', ending: 'Template', palette: TEMPLATE },
    { folder: 'macos/colour', ending: '', palette: ANY_PANEL },
  ];
  return subjects().flatMap((subject) =>
    kinds.flatMap(({ folder, ending, palette }) =>
      MACOS_SIZES.map(({ suffix, size }) => ({
        path: `${folder}/${nameOf(subject)}${ending}${suffix}.png`,
        bytes: rasterize(composeIcon(root, subject, { size, margin: 0, palette })),
      })),
    ),
  );
}

/** @param {Subject} subject */
function nameOf({ state, ringEighths }) {
  return ringEighths === null ? state : `${state}-${ringEighths}`;
}
