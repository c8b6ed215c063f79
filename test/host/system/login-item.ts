/** Whether the app starts with the owner's session. Kept in memory: the system under a test must not be changed. */
export class HostLoginItem {
  #settings: Electron.Settings = {};

  set(settings: Electron.Settings): void {
    this.#settings = settings;
  }

  get(): Electron.LoginItemSettings {
    const openAtLogin = this.#settings.openAtLogin ?? false;
    return { openAtLogin, wasOpenedAtLogin: false, status: openAtLogin ? 'enabled' : 'not-registered', executableWillLaunchAtLogin: openAtLogin, launchItems: [] };
  }
}
