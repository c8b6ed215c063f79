import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One element of a drawing, in units of the grid: a filled path, a stroked one, or a filled circle.
 * @typedef {{ data: string, strokeWidth: number | null } | { cx: number, cy: number, r: number }} Shape
 */

/** Where the tray's drawings are, from the root of the project. */
export const TRAY_DRAWINGS = 'src-main/assets/tray';

/**
 * The elements of a drawing. Throws where it holds others than those above: they would be left out without a word.
 * @param {string} root
 * @param {string} name without folder and extension
 * @returns {Shape[]}
 */
export function readDrawing(root, name) {
  const text = readFileSync(join(root, TRAY_DRAWINGS, `${name}.svg`), 'utf8');
  const elements = [...text.matchAll(/<(\w+)([^>]*)>/g)].filter(([, tag]) => tag !== 'svg');
  return elements.map(([element, tag, attributes = '']) => {
    const data = attribute(attributes, 'd');
    const width = attribute(attributes, 'stroke-width');
    if (tag === 'path' && data !== null) return { data, strokeWidth: width === null ? null : Number(width) };
    const [cx, cy, r] = ['cx', 'cy', 'r'].map((side) => Number(attribute(attributes, side) ?? Number.NaN));
    if (tag === 'circle' && cx !== undefined && cy !== undefined && r !== undefined && !Number.isNaN(cx + cy + r)) return { cx, cy, r };
    throw new Error(`${name}.svg: ${element} is neither a path nor a circle`);
  });
}

/**
 * @param {string} attributes
 * @param {string} name
 * @returns {string | null}
 */
function attribute(attributes, name) {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? null;
}
