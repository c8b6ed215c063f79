/** @typedef {Readonly<Record<import('./looks.js').Look['colour'], string>>} Palette */

/**
 * For a panel whose colour nobody can tell: Linux, the coloured set of macOS. Each has a contrast of at least 3:1
 * with light and with dark, which leaves only the middle of the scale; that is why this yellow is dull.
 * @type {Palette}
 */
export const ANY_PANEL = { grey: '#7a7a7a', green: '#1b9148', yellow: '#a87e00', orange: '#cf5c00', red: '#d9363e' };

/**
 * For a panel known to be light.
 * @type {Palette}
 */
export const LIGHT_PANEL = { grey: '#5f6368', green: '#15803d', yellow: '#946c00', orange: '#c2500a', red: '#c62828' };

/**
 * For a panel known to be dark.
 * @type {Palette}
 */
export const DARK_PANEL = { grey: '#c4c7cc', green: '#3ecf74', yellow: '#ffc933', orange: '#ff8f3a', red: '#ff6b66' };

/**
 * A template image of macOS: the system colours it.
 * @type {Palette}
 */
export const TEMPLATE = { grey: '#000', green: '#000', yellow: '#000', orange: '#000', red: '#000' };
