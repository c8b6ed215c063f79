/** Steps in which the ring empties. */
export const EIGHTHS = 8;

/** How visible the part of the ring is that has run out: the ring's place can be seen, and no one takes it for full. */
const SPENT = 0.3;

/**
 * The ring that shows how much life is left. What has run out starts at twelve o'clock and grows clockwise.
 * @param {number} eighths what is left, 0 to 8
 * @param {number} pixels outer diameter
 * @param {boolean} filled whether the inside is painted too
 * @returns {string} SVG elements, in the colour of what is around them
 */
export function ringOf(eighths, pixels, filled) {
  // A half goes down: a ring of two pixels leaves more room for the glyph than one of three.
  const width = Math.ceil(pixels / 8 - 0.5);
  const middle = pixels / 2;
  const turned = 1 - eighths / EIGHTHS;
  const stroke = `fill="none" stroke="currentColor" stroke-width="${width}"`;
  const spent = `<path ${stroke} opacity="${SPENT}" d="${arc(0, turned, middle - width / 2, middle)}"/>`;
  if (!filled) return `${spent}<path ${stroke} d="${arc(turned, 1, middle - width / 2, middle)}"/>`;
  // A sector from the middle, for an arc that only touched the inside would leave a seam of half opaque pixels.
  const sector = eighths === 0 ? '' : `<path fill="currentColor" d="${arc(turned, 1, middle, middle)}L${middle} ${middle}Z"/>`;
  return `${spent}<circle fill="currentColor" cx="${middle}" cy="${middle}" r="${middle - width}"/>${sector}`;
}

/**
 * An arc clockwise from one part of the full turn to another, in pieces of an eighth, since one arc cannot be a whole
 * circle.
 * @param {number} from 0 to 1, from twelve o'clock
 * @param {number} to
 * @param {number} radius
 * @param {number} middle both coordinates of the centre
 */
function arc(from, to, radius, middle) {
  const at = (/** @type {number} */ turn) =>
    [middle + radius * Math.sin(turn * 2 * Math.PI), middle - radius * Math.cos(turn * 2 * Math.PI)].map((value) => value.toFixed(3)).join(' ');
  const pieces = Array.from({ length: Math.round((to - from) * EIGHTHS) }, (_, index) => from + (index + 1) / EIGHTHS);
  return pieces.length === 0 ? '' : `M${at(from)}${pieces.map((turn) => `A${radius} ${radius} 0 0 1 ${at(turn)}`).join('')}`;
}
