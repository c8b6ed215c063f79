import { classifyKeychainFault } from './faults.ts';
import type { KeychainFault } from './faults.ts';
import type { NativeAnswer, NativeQueue } from './queue.ts';
import type { RawKeychain } from './raw.ts';

const SERVICE = 'Evertoken';

/** A keychain call's answer: a value or what stood in the way. `begun` false means that nothing can have happened. */
export type ItemAnswer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly fault: KeychainFault; readonly begun: boolean };

/** Items of the service `Evertoken`, by account, one native call at a time. */
export interface KeychainItems {
  get(account: string): Promise<ItemAnswer<string | null>>;
  set(account: string, value: string): Promise<ItemAnswer<void>>;
  delete(account: string): Promise<ItemAnswer<boolean>>;
}

/** Puts the queue and the table of faults between us and the native module. */
export function createKeychainItems(raw: RawKeychain, queue: NativeQueue): KeychainItems {
  return {
    get: async (account) => settled(await queue.call(() => raw.getPassword(SERVICE, account))),
    set: async (account, value) => settled(await queue.call(() => raw.setPassword(SERVICE, account, value))),
    delete: async (account) => settled(await queue.call(() => raw.deletePassword(SERVICE, account))),
  };
}

function settled<T>(answer: NativeAnswer<T>): ItemAnswer<T> {
  switch (answer.kind) {
    case 'value':
      return { ok: true, value: answer.value };
    case 'failed':
      return { ok: false, fault: classifyKeychainFault(answer.error), begun: true };
    case 'waiting':
      // Most likely the prompt is open: for whoever asks that is the same as locked.
      return { ok: false, fault: { outcome: 'locked' }, begun: answer.begun };
  }
}
