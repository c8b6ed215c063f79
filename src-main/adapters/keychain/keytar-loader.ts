import type { LoadedKeychain, RawKeychain } from './raw.ts';

const MISSING: Readonly<Record<'linux' | 'elsewhere', string>> = {
  linux:
    'The keychain cannot be used, most likely because the system package libsecret-1-0 is missing. Install it (on Debian or Ubuntu: sudo apt install libsecret-1-0), then restart Evertoken.',
  elsewhere: 'The part of Evertoken that speaks to the keychain could not be loaded. Please install Evertoken again.',
};

/**
 * Loads keytar when it is first needed, so that a computer without it can still start. keytar's own loader swallows
 * the cause (a missing libsecret looks like a missing binary), hence the "most likely". Never rejects.
 */
export async function loadKeychain(
  platform: NodeJS.Platform = process.platform,
  load: () => Promise<unknown> = () => import('keytar'),
): Promise<LoadedKeychain> {
  try {
    const raw = asRawKeychain(await load());
    if (raw !== null) return { ok: true, raw };
  } catch {
    // Its words are about search paths inside node_modules and help no owner.
  }
  return { ok: false, reason: MISSING[platform === 'linux' ? 'linux' : 'elsewhere'] };
}

// keytar is CommonJS: Node gives it as `default`, a bundler may give the names themselves.
function asRawKeychain(loaded: unknown): RawKeychain | null {
  const found = isRaw(loaded) ? loaded : isObject(loaded) && isRaw(loaded['default']) ? loaded['default'] : null;
  if (found === null) return null;
  // Async wrappers: keytar throws synchronously on an empty argument, and a queue must see a rejection instead.
  return {
    getPassword: async (service, account) => found.getPassword(service, account),
    setPassword: async (service, account, password) => found.setPassword(service, account, password),
    deletePassword: async (service, account) => found.deletePassword(service, account),
  };
}

function isRaw(value: unknown): value is RawKeychain {
  return isObject(value) && [value['getPassword'], value['setPassword'], value['deletePassword']].every((call) => typeof call === 'function');
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
