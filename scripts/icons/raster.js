import { Resvg } from '@resvg/resvg-js';

/**
 * Renders an SVG. The same bytes on every machine: no fonts are looked for, and none are used.
 * @param {string} svg
 * @param {number} [size] side in pixels; the SVG's own unless told
 * @returns {Buffer} a PNG
 */
export function rasterize(svg, size) {
  const fitTo = size === undefined ? /** @type {const} */ ({ mode: 'original' }) : /** @type {const} */ ({ mode: 'width', value: size });
  return new Resvg(svg, { font: { loadSystemFonts: false }, fitTo }).render().asPng();
}
