import type { TrayView } from '../core/tray/tray.ts';

/** What the icon is shown on. */
export interface TraySystem {
  readonly platform: NodeJS.Platform;
  /** Whether the panel is dark, where the system tells: Windows. Elsewhere it makes no difference. */
  readonly panelDark: boolean;
  /** macOS: an image that the system colours to suit its menu bar, instead of one in colour. */
  readonly template: boolean;
  /**
   * The largest scale factor of the displays, 1 unless told. Only Linux needs it: there Electron hands the panel the
   * image at 100 percent alone, whatever lies beside it as `@2x`.
   */
  readonly scaleFactor?: number;
}

/**
 * The file of the tray icon, relative to the folder of icons, with forward slashes. Give it to
 * `nativeImage.createFromPath`: `@2x` beside it is found by itself, a name that ends in `Template` makes a template
 * image, and of an `.ico` Windows takes the size it needs.
 */
export function trayIconFile({ state, ringEighths }: Pick<TrayView, 'state' | 'ringEighths'>, system: TraySystem): string {
  const name = ringEighths === null ? state : `${state}-${ringEighths}`;
  switch (system.platform) {
    case 'win32':
      return `windows/${system.panelDark ? 'dark' : 'light'}/${name}.ico`;
    case 'darwin':
      return system.template ? `macos/${name}Template.png` : `macos/colour/${name}.png`;
    default:
      return `${linuxFolder(system.scaleFactor ?? 1)}/${name}.png`;
  }
}

/** The smallest that need not be enlarged: a panel makes an image smaller better than larger. In `linux` they have 22 pixels. */
function linuxFolder(scaleFactor: number): string {
  const side = 22 * scaleFactor;
  if (side <= 22) return 'linux';
  if (side <= 24) return 'linux/24';
  return side <= 32 ? 'linux/32' : 'linux/48';
}
