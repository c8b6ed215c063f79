/**
 * What of the machine decides whether a desktop program can show itself at all.
 * @typedef {{ platform: NodeJS.Platform, superuser: boolean, env: Readonly<Record<string, string | undefined>> }} Machine
 */

/**
 * Why the desktop app need not even be tried here, or null.
 * @param {Machine} machine
 * @returns {string | null} the end of a sentence: "…, because <this>"
 */
export function desktopObstacle({ platform, superuser, env }) {
  if (platform !== 'linux') return null;
  // Whoever names a runtime of their own knows what it needs: the stand-in for Electron that tests use draws into a
  // browser without a window, and as any user. Where the named one cannot run after all, it will fail and say so.
  if (isSet(env['ELECTRON_OVERRIDE_DIST_PATH'])) return null;
  if (!isSet(env['DISPLAY']) && !isSet(env['WAYLAND_DISPLAY'])) return 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)';
  if (superuser) return "you are root, and Electron's sandbox refuses to run as root";
  return null;
}

/** @returns {Machine} */
export function thisMachine() {
  return { platform: process.platform, superuser: process.getuid?.() === 0, env: process.env };
}

/** @param {string | undefined} value */
function isSet(value) {
  return value !== undefined && value !== '';
}
