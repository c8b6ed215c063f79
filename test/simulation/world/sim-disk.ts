import type { KeeperState, StateStore } from '../../../src-main/core/state.ts';

/** The settings on the simulated disk. What a process wrote survives it as text, and as nothing else. */
export class SimDisk {
  /** A full disk refuses every save. */
  full = false;
  /** What is on the disk, as the last save that counts left it. */
  state: KeeperState;
  readonly #onSave: (before: KeeperState, after: KeeperState) => void;

  constructor(installationId: string, onSave: (before: KeeperState, after: KeeperState) => void) {
    this.state = { installationId, connections: [], alerts: [], told: [] };
    this.#onSave = onSave;
  }

  /** The file. Written out only when somebody reads it, since nobody changes a state once it is saved. */
  get text(): string {
    return JSON.stringify(this.state);
  }

  /** The store a process is given. */
  readonly store: StateStore = {
    load: async () => JSON.parse(this.text) as KeeperState,
    save: async (state) => {
      if (this.full) throw new Error('ENOSPC: no space left on device, write');
      const before = this.state;
      this.state = state;
      this.#onSave(before, state);
    },
  };
}
