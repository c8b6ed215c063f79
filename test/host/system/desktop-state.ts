import { EventEmitter } from 'node:events';
import { HostEvent } from '../event.ts';

/** `powerMonitor`: the test emits its events. */
export class HostPowerMonitor extends EventEmitter implements Pick<Electron.PowerMonitor, 'getSystemIdleTime' | 'getSystemIdleState' | 'isOnBatteryPower'> {
  getSystemIdleTime(): number {
    return 0;
  }

  getSystemIdleState(_idleThreshold: number): 'active' | 'idle' | 'locked' | 'unknown' {
    return 'active';
  }

  isOnBatteryPower(): boolean {
    return false;
  }
}

/** `nativeTheme`: the system's choice, unless the app makes one of its own. The panel always follows the system. */
export class HostNativeTheme extends EventEmitter implements Pick<Electron.NativeTheme, 'shouldUseDarkColors' | 'shouldUseDarkColorsForSystemIntegratedUI' | 'shouldUseHighContrastColors' | 'themeSource'> {
  readonly shouldUseHighContrastColors = false;
  #systemIsDark = process.env['EVERTOKEN_HOST_DARK'] === '1';
  #source: 'system' | 'light' | 'dark' = 'system';

  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.#systemIsDark : this.#source === 'dark';
  }

  get shouldUseDarkColorsForSystemIntegratedUI(): boolean {
    return this.#systemIsDark;
  }

  get themeSource(): 'system' | 'light' | 'dark' {
    return this.#source;
  }

  set themeSource(source: 'system' | 'light' | 'dark') {
    this.#source = source;
    this.emit('updated', new HostEvent());
  }

  /** Turns the system dark or light, which only a test can. */
  setSystemDark(dark: boolean): void {
    this.#systemIsDark = dark;
    this.emit('updated', new HostEvent());
  }
}

/** `net`, as far as it knows whether there is a network. The recorder puts its own answers over these. */
export const hostNet = { isOnline: (): boolean => true, online: true } satisfies Pick<Electron.Net, 'isOnline' | 'online'>;

/** `screen`: one display of a common size. */
export class HostScreen extends EventEmitter implements Pick<Electron.Screen, 'getCursorScreenPoint'> {
  getPrimaryDisplay(): Pick<Electron.Display, 'id' | 'bounds' | 'workArea' | 'workAreaSize' | 'size' | 'scaleFactor'> {
    const size = { width: 1280, height: 800 };
    return { id: 1, bounds: { x: 0, y: 0, ...size }, workArea: { x: 0, y: 0, ...size }, workAreaSize: size, size, scaleFactor: 1 };
  }

  getAllDisplays(): ReturnType<HostScreen['getPrimaryDisplay']>[] {
    return [this.getPrimaryDisplay()];
  }

  getCursorScreenPoint(): Electron.Point {
    return { x: 0, y: 0 };
  }
}
