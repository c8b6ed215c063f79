/** Units on a side of the grid that the tray's drawings are made on. */
export const GRID = 16;

/**
 * Where a drawing goes.
 * @typedef {object} Placement
 * @property {number} pixels side of the drawing, even
 * @property {number} [dy] how far it is moved down, in units of the grid, not negative
 */

/**
 * From units of the grid to pixels.
 * @typedef {object} Scale
 * @property {(units: number) => number} length
 * @property {(unit: number) => number} x
 * @property {(unit: number) => number} y
 */

/** How many numbers follow each command of a path that may be used here; all absolute. */
const ARGUMENTS = /** @type {Readonly<Record<string, number>>} */ ({ M: 2, L: 2, H: 1, V: 1, A: 7, Z: 0 });

/**
 * Draws a shape in pixels, in the colour of what is around it. What is filled is fitted to whole pixels, as hinting
 * does for letters: edges that run along the pixels then stay sharp at every size. Strokes are only scaled: they are
 * slanted or curved, and rounding would bend them.
 * @param {import('./drawing.js').Shape} shape
 * @param {Placement} place
 * @returns {string} an SVG element
 */
export function fitShape(shape, place) {
  if ('r' in shape) {
    const { length, x, y } = scaleOf(place, wholePixels);
    return `<circle fill="currentColor" cx="${written(x(shape.cx))}" cy="${written(y(shape.cy))}" r="${written(length(shape.r))}"/>`;
  }
  if (shape.strokeWidth === null) return `<path fill="currentColor" fill-rule="evenodd" d="${fitPath(shape.data, scaleOf(place, wholePixels))}"/>`;
  const scale = scaleOf(place, (pixels) => pixels);
  return `<path fill="none" stroke="currentColor" stroke-width="${written(scale.length(shape.strokeWidth))}" d="${fitPath(shape.data, scale)}"/>`;
}

/**
 * Distances from the middle are rounded, not places, so that what is symmetric stays so.
 * @param {Placement} place
 * @param {(pixels: number) => number} round
 * @returns {Scale}
 */
function scaleOf({ pixels, dy = 0 }, round) {
  const length = (/** @type {number} */ units) => round((units * pixels) / GRID);
  const along = (/** @type {number} */ unit) => pixels / 2 + Math.sign(unit - GRID / 2) * length(Math.abs(unit - GRID / 2));
  return { length, x: along, y: (unit) => along(unit) + length(dy) };
}

/**
 * A half goes up.
 * @param {number} pixels not negative
 */
function wholePixels(pixels) {
  return Math.floor(pixels + 0.5);
}

/**
 * @param {string} data
 * @param {Scale} scale
 */
function fitPath(data, { length, x, y }) {
  return commandsOf(data)
    .map(({ letter, numbers: [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0] }) => {
      if (letter === 'H') return `H${written(x(a))}`;
      if (letter === 'V') return `V${written(y(a))}`;
      if (letter === 'A') return `A${[length(a), length(b), c, d, e, x(f), y(g)].map(written).join(' ')}`;
      return letter === 'Z' ? 'Z' : `${letter}${written(x(a))} ${written(y(b))}`;
    })
    .join('');
}

/**
 * @param {string} data
 * @returns {{ letter: string, numbers: number[] }[]}
 */
function commandsOf(data) {
  return (data.match(/[A-Za-z][^A-Za-z]*/g) ?? []).map((text) => {
    const letter = text.charAt(0);
    const numbers = (text.slice(1).match(/-?[\d.]+/g) ?? []).map(Number);
    if (ARGUMENTS[letter] !== numbers.length) throw new Error(`a path may not say "${text}"`);
    return { letter, numbers };
  });
}

/**
 * Two decimals: finer than any eye, and the same on every machine.
 * @param {number} value
 */
function written(value) {
  return String(Math.round(value * 100) / 100);
}
