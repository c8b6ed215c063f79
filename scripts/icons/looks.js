/**
 * A layer of an icon: a drawing that is painted, or cut out of everything below it.
 * @typedef {{ cut: boolean, drawing: string, dy?: number }} Layer
 */

/**
 * A look that has the ring round it.
 * @typedef {object} Ringed
 * @property {boolean} filled whether the inside of the ring is painted, up to the ring
 * @property {readonly Layer[]} layers what is painted on ring and inside, or cut out of them
 */

/**
 * How a state of the tray looks.
 * @typedef {object} Look
 * @property {'grey' | 'green' | 'yellow' | 'orange' | 'red'} colour
 * @property {readonly Layer[]} plain from the bottom to the top
 * @property {Ringed | null} ringed the same with the ring; null for a state that never has one
 */

/** @typedef {import('../../src-main/core/tray/tray.ts').TrayState} TrayState */

/** @type {readonly TrayState[]} */
export const STATES = ['needs-set-up', 'checking', 'healthy', 'soon', 'urgent', 'broken', 'unreachable', 'keychain-locked'];

const paint = (/** @type {string} */ drawing) => ({ cut: false, drawing });
const cut = (/** @type {string} */ drawing, dy = 0) => ({ cut: true, drawing, dy });

/**
 * State → its layers. Every state has an outline of its own, so that it can be told without its colour; and an icon
 * is a shape of one colour, so that what is cut out shows the panel, whatever that looks like.
 * @type {Readonly<Record<TrayState, Look>>}
 */
export const LOOKS = {
  'needs-set-up': { colour: 'grey', plain: [paint('plug')], ringed: null },
  checking: { colour: 'grey', plain: [paint('bubble'), cut('dots')], ringed: null },
  healthy: { colour: 'green', plain: [paint('disc'), cut('tick')], ringed: null },
  soon: { colour: 'yellow', plain: [paint('bells'), paint('face'), cut('clock', 1)], ringed: { filled: false, layers: [paint('clock')] } },
  urgent: { colour: 'orange', plain: [paint('triangle'), cut('exclamation-narrow')], ringed: { filled: true, layers: [cut('exclamation')] } },
  broken: { colour: 'red', plain: [paint('octagon'), cut('cross')], ringed: null },
  unreachable: { colour: 'grey', plain: [paint('square'), cut('waves')], ringed: { filled: false, layers: [paint('waves')] } },
  'keychain-locked': { colour: 'grey', plain: [paint('padlock'), cut('keyhole')], ringed: null },
};
