/** Characters; a sentence has to stay one. */
const LONGEST = 160;

/**
 * What Electron prints where a system cannot run it, and how a person says it.
 * @type {readonly (readonly [RegExp, (match: RegExpExecArray) => string])[]}
 */
const KNOWN = [
  [/error while loading shared libraries: ([^\s:]+)/, ([, library]) => `this system lacks the library ${library}, which Electron needs`],
  [/Missing X server or \$DISPLAY|Unable to open X display|Failed to connect to Wayland display/, () => 'the display cannot be reached'],
  // Ubuntu 24.04 and later let only programs that AppArmor knows make the namespaces of a sandbox.
  [/setuid_sandbox_host|No usable sandbox|without --no-sandbox/, () => "this system does not allow Electron's sandbox (an installed .deb package of Evertoken brings the permission along)"],
];

/**
 * Why the desktop app ended before it was up.
 * @param {{ code: number | null, signal: NodeJS.Signals | null, stderr: string }} end
 * @returns {string} the end of a sentence: "…, because <this>"
 */
export function failureOf({ code, signal, stderr }) {
  for (const [pattern, say] of KNOWN) {
    const match = pattern.exec(stderr);
    if (match !== null) return say(match);
  }
  const how = signal === null ? `with code ${code}` : `by ${signal}`;
  const line = tellingLine(stderr);
  return `it ended ${how} before it was up${line === null ? '' : ` (${line})`}`;
}

/**
 * The line of a program's output that says best what went wrong: the last that speaks of an error, else the last.
 * @param {string} output
 * @returns {string | null}
 */
export function tellingLine(output) {
  const lines = output
    .split('\n')
    .filter((line) => !/^\s+at |^Node\.js v|^\s*[{}]?\s*$/.test(line))
    .map((line) => line.trim());
  const line = lines.findLast((text) => /error|fatal/i.test(text)) ?? lines.at(-1);
  return line === undefined ? null : line.slice(0, LONGEST).replace(/[.!\s]+$/, '');
}
