import { describe, expect, it } from 'vitest';
import { trayIconFile } from '../../src-main/shell/tray-icons.ts';

const soon = { state: 'soon', ringEighths: 5 } as const;
const healthy = { state: 'healthy', ringEighths: null } as const;

describe('trayIconFile', () => {
  it('names state and eighths, an empty ring too', () => {
    const system = { platform: 'linux', panelDark: true, template: true } as const;
    expect(trayIconFile(healthy, system)).toBe('linux/healthy.png');
    expect(trayIconFile(soon, system)).toBe('linux/soon-5.png');
    expect(trayIconFile({ state: 'soon', ringEighths: 0 }, system)).toBe('linux/soon-0.png');
  });

  it('takes the panel into account on Windows alone', () => {
    expect(trayIconFile(soon, { platform: 'win32', panelDark: true, template: true })).toBe('windows/dark/soon-5.ico');
    expect(trayIconFile(soon, { platform: 'win32', panelDark: false, template: true })).toBe('windows/light/soon-5.ico');
  });

  it('has a name by which Electron knows a template image, on macOS alone', () => {
    expect(trayIconFile(soon, { platform: 'darwin', panelDark: true, template: true })).toBe('macos/soon-5Template.png');
    expect(trayIconFile(soon, { platform: 'darwin', panelDark: true, template: false })).toBe('macos/colour/soon-5.png');
  });

  it.each([
    [1, 'linux/healthy.png'],
    [1.05, 'linux/24/healthy.png'],
    [1.25, 'linux/32/healthy.png'],
    [1.5, 'linux/48/healthy.png'],
    [3, 'linux/48/healthy.png'],
  ])('is large enough for a display at %s on Linux', (scaleFactor, path) => {
    expect(trayIconFile(healthy, { platform: 'linux', panelDark: false, template: false, scaleFactor })).toBe(path);
  });

  it('treats a platform without a set of its own as Linux', () => {
    expect(trayIconFile(healthy, { platform: 'freebsd', panelDark: false, template: false })).toBe('linux/healthy.png');
  });
});
