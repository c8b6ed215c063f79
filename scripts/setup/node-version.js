/**
 * The oldest Node that this project is built and tested with.
 * @type {readonly [number, number]}
 */
const OLDEST = [20, 19];

/**
 * Says what is wrong with a Node version, or nothing when it will do.
 * @param {string} version as in `process.versions.node`
 * @returns {string | null} a sentence for a person
 */
export function nodeComplaint(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return null;
  return `Evertoken needs Node.js ${OLDEST.join('.')} or newer; this is ${version}. Get it from https://nodejs.org and start again.`;
}

/** Ends the process with a sentence when this Node is too old. */
export function requireNode() {
  const complaint = nodeComplaint(process.versions.node);
  if (complaint === null) return;
  process.stderr.write(`${complaint}\n`);
  process.exit(1);
}
