import { expect, it } from 'vitest';
import { desktopObstacle } from '../../scripts/setup/desktop-obstacle.js';

const NO_DISPLAY = 'there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)';
const ROOT = "you are root, and Electron's sandbox refuses to run as root";

it.each([
  ['linux', false, { DISPLAY: ':0' }, null],
  ['linux', false, { WAYLAND_DISPLAY: 'wayland-0' }, null],
  ['linux', false, {}, NO_DISPLAY],
  ['linux', false, { DISPLAY: '', WAYLAND_DISPLAY: '' }, NO_DISPLAY],
  ['linux', true, { DISPLAY: ':0' }, ROOT],
  ['linux', true, {}, NO_DISPLAY],
  ['linux', true, { ELECTRON_OVERRIDE_DIST_PATH: '/opt/stand-in' }, null],
  ['linux', true, { DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: '' }, ROOT],
  ['darwin', true, {}, null],
  ['win32', false, {}, null],
] as const)('%s, root: %s, %j: %s', (platform, superuser, env, obstacle) => {
  expect(desktopObstacle({ platform, superuser, env })).toBe(obstacle);
});
