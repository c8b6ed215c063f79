import type { RawKeychain } from '../../../src-main/adapters/keychain/raw.ts';

/** How the fake behaves; the rows of what was measured on a Debian 12 gnome-keyring. */
export type KeyringMood = 'open' | 'locked' | 'prompt' | 'no-bus' | 'no-collection';

/** A keyring in memory that answers as the real one does in each mood. */
export interface FakeKeyring {
  readonly raw: RawKeychain;
  readonly items: Map<string, string>;
  /** Native calls begun, as `get account`. */
  readonly calls: string[];
  /** The most calls that were in flight at one time. */
  mostAtOnce(): number;
  mood: KeyringMood;
  /** Ends the prompt: every call that hangs goes on in the mood given. */
  answerPrompt(mood: KeyringMood): void;
}

const REJECTIONS: Readonly<Record<'no-bus' | 'no-collection' | 'locked', string>> = {
  'no-bus': 'Cannot autolaunch D-Bus without X11 $DISPLAY',
  'no-collection': 'Object does not exist at path “/org/freedesktop/secrets/aliases/default”',
  locked: 'Cannot create an item in a locked collection',
};

export function createFakeKeyring(): FakeKeyring {
  let hanging: ((mood: KeyringMood) => void)[] = [];
  let inFlight = 0;
  let most = 0;

  const call = async <T>(name: string, work: (mood: KeyringMood) => T): Promise<T> => {
    fake.calls.push(name);
    inFlight += 1;
    most = Math.max(most, inFlight);
    try {
      const mood = fake.mood === 'prompt' ? await new Promise<KeyringMood>((resolve) => hanging.push(resolve)) : fake.mood;
      await Promise.resolve();
      if (mood === 'no-bus') throw new Error(REJECTIONS['no-bus']);
      return work(mood);
    } finally {
      inFlight -= 1;
    }
  };

  const fake: FakeKeyring = {
    items: new Map(),
    calls: [],
    mood: 'open',
    mostAtOnce: () => most,
    answerPrompt: (mood) => {
      fake.mood = mood;
      const now = hanging;
      hanging = [];
      for (const go of now) go(mood);
    },
    raw: {
      getPassword: (_service, account) => call(`get ${account}`, (mood) => (mood === 'open' ? (fake.items.get(account) ?? null) : null)),
      setPassword: (_service, account, password) =>
        call(`set ${account}`, (mood) => {
          if (mood === 'locked' || mood === 'no-collection') throw new Error(REJECTIONS[mood]);
          fake.items.set(account, password);
        }),
      deletePassword: (_service, account) => call(`delete ${account}`, (mood) => mood === 'open' && fake.items.delete(account)),
    },
  };
  return fake;
}
