import type { KeeperState, StateStore } from '../../../src-main/core/state.ts';

/** The settings on the simulated disk. What a process wrote survives it as text, and as nothing else. */
export class SimDisk {
  /** A full disk refuses every save. */
  full = false;
  /** What is on the disk, as the last save that counts left it. */
  state: KeeperState;
  text: string;
  readonly #onSave: (before: KeeperState, after: KeeperState, text: string) => void;

  constructor(installationId: string, onSave: (before: KeeperState, after: KeeperState, text: string) => void) {
    this.state = { installationId, connections: [], alerts: [], told: [] };
    this.text = JSON.stringify(this.state);
    this.#onSave = onSave;
  }

  /** The store a process is given. */
  readonly store: StateStore = {
    load: async () => JSON.parse(this.text) as KeeperState,
    save: async (state) => {
      if (this.full) throw new Error('ENOSPC: no space left on device, write');
      const before = this.state;
      this.text = JSON.stringify(state);
      this.state = state;
      this.#onSave(before, state, this.text);
    },
  };
}
