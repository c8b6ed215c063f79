import type { CommandLineMember } from '../faces.ts';

/** The switches of the command line and those that the app adds. None of them reaches Chromium. */
export class HostCommandLine implements Pick<Electron.CommandLine, CommandLineMember> {
  readonly #switches = new Map<string, string>();

  constructor(args: readonly string[]) {
    for (const arg of args) {
      const found = /^--([^=]+)(?:=(.*))?$/s.exec(arg);
      if (found?.[1] !== undefined) this.appendSwitch(found[1], found[2]);
    }
  }

  appendSwitch(name: string, value = ''): void {
    this.#switches.set(name.toLowerCase(), value);
  }

  appendArgument(value: string): void {
    this.appendSwitch(value.replace(/^--/, ''));
  }

  hasSwitch(name: string): boolean {
    return this.#switches.has(name.toLowerCase());
  }

  getSwitchValue(name: string): string {
    return this.#switches.get(name.toLowerCase()) ?? '';
  }

  removeSwitch(name: string): void {
    this.#switches.delete(name.toLowerCase());
  }
}
