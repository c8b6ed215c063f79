import { describe, expect, it } from 'vitest';
import { failureOf, tellingLine } from '../../scripts/setup/desktop-failure.js';

describe('failureOf', () => {
  const died = { code: null, signal: 'SIGTRAP' } as const;

  it.each([
    [
      { code: 127, signal: null, stderr: '/x/electron: error while loading shared libraries: libnss3.so: cannot open shared object file: No such file or directory\n' },
      'this system lacks the library libnss3.so, which Electron needs',
    ],
    [
      { code: 1, signal: null, stderr: '[7:0801/1.2:ERROR:ozone_platform_x11.cc(249)] Missing X server or $DISPLAY\n[7:0801/1.3:ERROR:env.cc(257)] The platform failed to initialize.  Exiting.\n' },
      'the display cannot be reached',
    ],
    [
      { ...died, stderr: '[7:0801/1.2:FATAL:setuid_sandbox_host.cc(163)] The SUID sandbox helper binary was found, but is not configured correctly.\n' },
      "this system does not allow Electron's sandbox (an installed .deb package of Evertoken brings the permission along)",
    ],
    [{ code: 1, signal: null, stderr: 'warning: x\nTypeError: no tray\n    at f (/x/dist/main.js:1:2)\n\nNode.js v24.1.0\n' }, 'it ended with code 1 before it was up (TypeError: no tray)'],
    [{ ...died, stderr: '' }, 'it ended by SIGTRAP before it was up'],
  ] as const)('%j', (end, reason) => {
    expect(failureOf(end)).toBe(reason);
  });
});

describe('tellingLine', () => {
  it.each([
    ['RequestError: getaddrinfo ENOTFOUND github.com\n    at a (b.js:1:2)\n    at c (d.js:3:4)\n', 'RequestError: getaddrinfo ENOTFOUND github.com'],
    ['first\nlast.\n', 'last'],
    ['no luck\n    at a (b.js:1:2)\n\nNode.js v24.1.0\n', 'no luck'],
    ['an error that counts\nafterwards\n', 'an error that counts'],
    [`Error: ${'x'.repeat(500)}`, `Error: ${'x'.repeat(153)}`],
    ['\n  \n}\n', null],
    ['', null],
  ])('%j', (output, line) => {
    expect(tellingLine(output)).toBe(line);
  });
});
