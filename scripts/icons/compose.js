import { readDrawing } from './drawing.js';
import { fitShape } from './grid-fit.js';
import { LOOKS } from './looks.js';
import { ringOf } from './ring.js';

/**
 * What an icon shows.
 * @typedef {object} Subject
 * @property {import('./looks.js').TrayState} state
 * @property {number | null} ringEighths 0 to 8; null without a ring
 */

/**
 * The SVG of an icon, in pixels.
 * @param {string} root
 * @param {Subject} subject
 * @param {object} how
 * @param {number} how.size side in pixels, even
 * @param {number} how.margin pixels left free on each side
 * @param {import('./palette.js').Palette} how.palette
 * @returns {string}
 */
export function composeIcon(root, { state, ringEighths }, { size, margin, palette }) {
  const { colour, plain, ringed } = LOOKS[state];
  const pixels = size - 2 * margin;
  const { ring, layers } = ringEighths === null ? { ring: '', layers: plain } : withRing(state, ringed, { ringEighths, pixels });
  const shape = layers.reduce((below, layer, index) => {
    const own = layerOf(root, layer, pixels);
    return layer.cut ? withoutShape(below, own, { id: `cut${index}`, pixels }) : below + own;
  }, ring);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" color="${palette[colour]}"><g transform="translate(${margin} ${margin})">${shape}</g></svg>`;
}

/**
 * @param {Subject['state']} state
 * @param {import('./looks.js').Look['ringed']} ringed
 * @param {{ ringEighths: number, pixels: number }} ring
 */
function withRing(state, ringed, { ringEighths, pixels }) {
  if (ringed === null) throw new Error(`${state} has no ring`);
  return { ring: ringOf(ringEighths, pixels, ringed.filled), layers: ringed.layers };
}

/**
 * @param {string} root
 * @param {import('./looks.js').Layer} layer
 * @param {number} pixels
 */
function layerOf(root, { drawing, dy = 0 }, pixels) {
  return readDrawing(root, drawing)
    .map((shape) => fitShape(shape, { pixels, dy }))
    .join('');
}

/**
 * @param {string} shape
 * @param {string} hole
 * @param {{ id: string, pixels: number }} where
 */
function withoutShape(shape, hole, { id, pixels }) {
  const mask = `<mask id="${id}" maskUnits="userSpaceOnUse" x="0" y="0" width="${pixels}" height="${pixels}" color="#000"><rect width="${pixels}" height="${pixels}" fill="#fff"/>${hole}</mask>`;
  return `${mask}<g mask="url(#${id})">${shape}</g>`;
}
