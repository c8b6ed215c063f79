import type { RawKeychain } from '../../../src-main/adapters/keychain/raw.ts';

/** How the operating system's keychain is at the moment. */
export type KeychainMood = 'open' | 'locked' | 'unavailable' | 'no-collection' | 'drops-writes';

/** Whoever watches what reaches the keychain. */
export interface KeychainWatch {
  written(account: string, value: string, stored: boolean): void;
  erased(account: string, value: string): void;
}

/** The keychain of the simulated computer; it outlives the process. */
export class SimKeychain {
  mood: KeychainMood = 'open';
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly items = new Map<string, string>();
  /** Accounts whose item vanished by the keychain's own fault. */
  readonly lost = new Set<string>();
  readonly #watch: KeychainWatch;

  constructor(platform: 'linux' | 'darwin' | 'win32', watch: KeychainWatch) {
    this.platform = platform;
    this.#watch = watch;
  }

  /** An item vanishes, as when an owner cleans up or a keyring is restored. */
  lose(account: string): void {
    this.items.delete(account);
    this.lost.add(account);
  }

  /** The native module's three calls, each as the platform answers in its present mood. */
  readonly raw: RawKeychain = {
    getPassword: async (_service, account) => {
      const found = this.items.get(account) ?? null;
      switch (this.mood) {
        case 'open':
        case 'drops-writes':
          return found;
        case 'locked':
          if (this.platform === 'linux') return null;
          throw new Error(this.platform === 'darwin' ? 'User interaction is not allowed.' : 'A specified logon session does not exist. It may already have been terminated.');
        case 'no-collection':
          if (this.platform === 'linux') return null;
          throw new Error(NO_BUS);
        case 'unavailable':
          throw new Error(NO_BUS);
      }
    },
    setPassword: async (_service, account, value) => {
      if (this.mood === 'open' || this.mood === 'drops-writes') {
        const stored = this.mood === 'open';
        if (stored) this.items.set(account, value);
        this.#watch.written(account, value, stored);
        return;
      }
      throw new Error(this.#refusal());
    },
    deletePassword: async (_service, account) => {
      if (this.mood === 'open' || this.mood === 'drops-writes') {
        const value = this.items.get(account);
        if (value === undefined) return false;
        this.items.delete(account);
        this.#watch.erased(account, value);
        return true;
      }
      if (this.platform === 'linux' && this.mood !== 'unavailable') return false;
      throw new Error(this.#refusal());
    },
  };

  #refusal(): string {
    if (this.mood === 'locked') {
      return { linux: 'Cannot create an item in a locked collection', darwin: 'User interaction is not allowed.', win32: 'A specified logon session does not exist. It may already have been terminated.' }[this.platform];
    }
    return this.mood === 'no-collection' ? 'Object does not exist at path “/org/freedesktop/secrets/collection/login”' : NO_BUS;
  }
}

const NO_BUS = 'Could not connect: No such file or directory (D-Bus)';
