import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeychainVault } from '../../../src-main/adapters/keychain/keychain-vault.ts';
import type { LockState } from '../../../src-main/adapters/keychain/lock-state.ts';
import type { SecretMarker } from '../../../src-main/core/ports.ts';
import { createFakeKeyring } from './fake-keyring.ts';

const ACCOUNT = 'inst/conn/token';
const SENTINEL = 'inst/keychain/sentinel';
const SECRET = 'EAATestVault0001';
const marker = (changes: Partial<SecretMarker> = {}): SecretMarker => ({ id: 'm1', vault: 'keychain', account: ACCOUNT, lastFour: '0001', savedAt: 0, ...changes });

function setUp(platform: NodeJS.Platform = 'linux') {
  const keyring = createFakeKeyring();
  let elapsed = 0;
  const clock = { now: () => 0, monotonic: () => elapsed };
  const vault = createKeychainVault({ raw: keyring.raw, platform, installationId: 'inst', clock, softLimitMs: 3_000 });
  return { keyring, vault, pass: (ms: number) => (elapsed += ms) };
}

/** The same with a Secret Service that says whether it is locked. */
function setUpTelling() {
  const keyring = createFakeKeyring();
  let elapsed = 0;
  const tells = { state: 'open' as LockState, asked: 0 };
  const lockState = async (): Promise<LockState> => {
    tells.asked += 1;
    return tells.state;
  };
  const vault = createKeychainVault({ raw: keyring.raw, platform: 'linux', installationId: 'inst', clock: { now: () => 0, monotonic: () => elapsed }, softLimitMs: 3_000, lockState });
  return { keyring, vault, tells, pass: (ms: number) => (elapsed += ms), lock: () => void ((keyring.mood = 'locked'), (tells.state = 'locked')), unlock: () => void ((keyring.mood = 'open'), (tells.state = 'open')) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('reading', () => {
  it('gives back what was written, under the service and with the marker id inside', async () => {
    const { vault, keyring } = setUp();
    expect(await vault.write(marker(), SECRET)).toEqual({ outcome: 'stored' });
    expect(keyring.items.get(ACCOUNT)).toBe(`evertoken:1:m1:${SECRET}`);
    expect(keyring.items.get(SENTINEL)).toBe('open');
    expect(await vault.read(marker())).toEqual({ outcome: 'present', secret: SECRET });
  });

  it.each([
    ['another marker', `evertoken:1:m0:${SECRET}`],
    ['another program', 'hunter2'],
    ['nothing behind the id', 'evertoken:1:m1:'],
  ])('takes an item of %s for lost, not for ours', async (_what, stored) => {
    const { vault, keyring } = setUp();
    keyring.items.set(ACCOUNT, stored);
    expect(await vault.read(marker())).toEqual({ outcome: 'lost' });
    expect(keyring.items.get(ACCOUNT)).toBe(stored);
  });

  it('says locked for an empty answer on Linux without a sentinel, and lost with one', async () => {
    const { vault, keyring, pass } = setUp();
    expect(await vault.read(marker())).toEqual({ outcome: 'locked' });
    keyring.items.set(SENTINEL, 'open');
    pass(5_000);
    expect(await vault.read(marker())).toEqual({ outcome: 'lost' });
  });

  it('asks once more after the sentinel, in case the keyring was unlocked between the two questions', async () => {
    const { vault, keyring } = setUp();
    keyring.items.set(SENTINEL, 'open').set(ACCOUNT, `evertoken:1:m1:${SECRET}`);
    keyring.mood = 'locked';
    vi.spyOn(keyring.raw, 'getPassword').mockImplementation(async (_service, account) => {
      if (account === SENTINEL) keyring.mood = 'open';
      return keyring.mood === 'open' ? (keyring.items.get(account) ?? null) : null;
    });
    expect(await vault.read(marker())).toEqual({ outcome: 'present', secret: SECRET });
  });

  it.each(['darwin', 'win32'] as const)('believes an empty answer on %s', async (platform) => {
    const { vault, keyring } = setUp(platform);
    expect(await vault.read(marker())).toEqual({ outcome: 'lost' });
    await vault.write(marker(), SECRET);
    expect([...keyring.items.keys()]).toEqual([ACCOUNT]);
    expect(await vault.erase(marker())).toBe(true);
    expect(await vault.erase(marker())).toBe(true);
  });

  it('tells a probe item apart from a keyring that swallows it', async () => {
    const { vault, keyring } = setUp();
    vi.spyOn(keyring.raw, 'setPassword').mockResolvedValue();
    expect(await vault.read(marker(), true)).toEqual({ outcome: 'locked' });
  });

  it('sends the markers of other vaults where they belong', async () => {
    const { vault, keyring } = setUp();
    expect(await vault.read(marker({ vault: 'memory' }))).toEqual({ outcome: 'lost' });
    expect(await vault.read(marker({ vault: 'file' }))).toMatchObject({ outcome: 'unavailable', reason: expect.stringContaining('vault file') as string });
    expect(await vault.erase(marker({ vault: 'memory' }))).toBe(true);
    expect(await vault.erase(marker({ vault: 'file' }))).toBe(false);
    expect(keyring.calls).toEqual([]);
  });

  it('says absent, not lost, for a write that the keychain refused', async () => {
    const { vault, keyring } = setUp();
    keyring.mood = 'no-collection';
    expect((await vault.write(marker(), SECRET)).outcome).toBe('unavailable');
    keyring.mood = 'open';
    keyring.items.set(SENTINEL, 'open');
    expect(await vault.read(marker())).toEqual({ outcome: 'absent' });
    expect(await vault.read(marker({ id: 'm2' }))).toEqual({ outcome: 'lost' });
  });
});

describe('writing', () => {
  it('refuses an empty value and one over 2,048 bytes with the envelope, before any native call', async () => {
    const { vault, keyring } = setUp();
    const room = 2_048 - 'evertoken:1:m1:'.length;
    expect(await vault.write(marker(), '')).toMatchObject({ outcome: 'unavailable' });
    expect(await vault.write(marker(), 'é'.repeat(room / 2 + 1))).toMatchObject({ outcome: 'unavailable', reason: expect.stringContaining('too long') as string });
    expect(keyring.calls).toEqual([]);
    expect(await vault.write(marker(), 'x'.repeat(room))).toEqual({ outcome: 'stored' });
  });

  it('does not rewrite the sentinel that stands', async () => {
    const { vault, keyring } = setUp();
    await vault.write(marker(), SECRET);
    await vault.write(marker({ id: 'm2', account: 'inst/conn/token2' }), SECRET);
    expect(keyring.calls.filter((call) => call === `set ${SENTINEL}`)).toHaveLength(1);
  });
});

describe('a locked keyring', () => {
  it('loses nothing to reads, writes and erasures', async () => {
    const { vault, keyring } = setUp();
    await vault.write(marker(), SECRET);
    const before = [...keyring.items];
    keyring.mood = 'locked';
    expect(await vault.write(marker({ id: 'm2' }), 'EAATestOther')).toEqual({ outcome: 'locked' });
    expect(await vault.erase(marker())).toBe(false);
    expect(await vault.read(marker(), true)).toEqual({ outcome: 'locked' });
    expect([...keyring.items]).toEqual(before);
  });

  it('is asked ever more seldom: after 5, 10, 20, 40 and then 60 seconds', async () => {
    const { vault, keyring, pass } = setUp();
    keyring.mood = 'locked';
    const waits: number[] = [];
    let waited = 0;
    let asked = 0;
    for (let second = 0; second < 260; second += 1) {
      expect(await vault.read(marker())).toEqual({ outcome: 'locked' });
      if (keyring.calls.length > asked) {
        waits.push(waited);
        waited = 0;
        asked = keyring.calls.length;
      }
      pass(1_000);
      waited += 1;
    }
    expect(waits).toEqual([0, 5, 10, 20, 40, 60, 60, 60]);
  });

  it('is asked at once when the owner says that it is unlocked, and normally from then on', async () => {
    const { vault, keyring } = setUp();
    await vault.write(marker(), SECRET);
    keyring.mood = 'locked';
    expect(await vault.read(marker())).toEqual({ outcome: 'locked' });
    keyring.mood = 'open';
    expect(await vault.read(marker())).toEqual({ outcome: 'locked' });
    expect(await vault.read(marker(), true)).toEqual({ outcome: 'present', secret: SECRET });
    expect(await vault.read(marker())).toEqual({ outcome: 'present', secret: SECRET });
  });

  it('does not prompt for an erasure during the pause', async () => {
    const { vault, keyring } = setUp();
    keyring.mood = 'locked';
    await vault.read(marker());
    const asked = keyring.calls.length;
    expect(await vault.erase(marker())).toBe(false);
    expect(keyring.calls).toHaveLength(asked);
  });
});

describe('a keyring that tells that it is locked', () => {
  it('is left alone by reads and erasures for as long as it is, whatever the time', async () => {
    const { vault, keyring, pass, lock } = setUpTelling();
    await vault.write(marker(), SECRET);
    lock();
    const before = keyring.calls.length;
    for (let hour = 0; hour < 24; hour += 1) {
      pass(3_600_000);
      expect(await vault.read(marker())).toEqual({ outcome: 'locked' });
      expect(await vault.erase(marker())).toBe(false);
    }
    expect(keyring.calls).toHaveLength(before);
  });

  it('is touched by the word of the owner, and by a write', async () => {
    const { vault, keyring, lock } = setUpTelling();
    lock();
    expect(await vault.read(marker(), true)).toEqual({ outcome: 'locked' });
    expect(await vault.write(marker(), SECRET)).toEqual({ outcome: 'locked' });
    expect(keyring.calls[0]).toBe(`get ${ACCOUNT}`);
    expect(keyring.calls.at(-1)).toBe(`set ${ACCOUNT}`);
  });

  it('opens one prompt for all that the owner asks for with one press, and another for the next press', async () => {
    const { vault, keyring, pass, lock, unlock } = setUpTelling();
    await vault.write(marker(), SECRET);
    lock();
    const before = keyring.calls.length;
    for (const id of ['m1', 'm2', 'm3']) expect(await vault.read(marker({ id }), true)).toEqual({ outcome: 'locked' });
    expect(keyring.calls.slice(before)).toEqual([`get ${ACCOUNT}`]);
    pass(1_000);
    await vault.read(marker(), true);
    expect(keyring.calls.slice(before)).toEqual([`get ${ACCOUNT}`, `get ${ACCOUNT}`]);
    unlock();
    expect(await vault.read(marker(), true)).toEqual({ outcome: 'present', secret: SECRET });
  });

  it('is read at once when it is open again, after however many locked answers', async () => {
    const { vault, pass, lock, unlock } = setUpTelling();
    await vault.write(marker(), SECRET);
    lock();
    expect(await vault.probe()).toEqual({ state: 'locked' });
    for (let times = 0; times < 5; times += 1) {
      pass(10_000);
      expect(await vault.read(marker(), true)).toEqual({ outcome: 'locked' });
    }
    unlock();
    expect(await vault.read(marker())).toEqual({ outcome: 'present', secret: SECRET });
    lock();
    expect(await vault.read(marker())).toEqual({ outcome: 'locked' });
    unlock();
    expect(await vault.read(marker())).toEqual({ outcome: 'present', secret: SECRET });
    // Locked and opened with only the owner asking between.
    lock();
    pass(10_000);
    expect(await vault.read(marker(), true)).toEqual({ outcome: 'locked' });
    unlock();
    expect(await vault.erase(marker())).toBe(true);
  });

  it('is asked as seldom as any other where it is open and yet gives nothing', async () => {
    const { vault, keyring, pass } = setUpTelling();
    expect(await vault.read(marker())).toEqual({ outcome: 'locked' });
    const asked = keyring.calls.length;
    pass(4_999);
    expect(await vault.read(marker())).toEqual({ outcome: 'locked' });
    expect(keyring.calls).toHaveLength(asked);
    pass(1);
    await vault.read(marker());
    expect(keyring.calls.length).toBeGreaterThan(asked);
  });

  it('is not asked whether it is locked for markers of other vaults', async () => {
    const { vault, tells } = setUpTelling();
    await vault.read(marker({ vault: 'memory' }));
    await vault.read(marker({ vault: 'file' }));
    await vault.erase(marker({ vault: 'file' }));
    expect(tells.asked).toBe(0);
  });

  it('with the answer unknown is treated as before: asked after the pause', async () => {
    const { vault, keyring, tells, pass } = setUpTelling();
    keyring.mood = 'locked';
    tells.state = 'unknown';
    expect(await vault.read(marker())).toEqual({ outcome: 'locked' });
    const asked = keyring.calls.length;
    expect(await vault.read(marker())).toEqual({ outcome: 'locked' });
    expect(keyring.calls).toHaveLength(asked);
    pass(5_000);
    await vault.read(marker());
    expect(keyring.calls.length).toBeGreaterThan(asked);
  });
});

describe('an open prompt', () => {
  it('sends every caller away after the soft limit and begins no second native call', async () => {
    const { vault, keyring } = setUp();
    keyring.mood = 'prompt';
    const answers = Promise.all([vault.read(marker(), true), vault.read(marker(), true), vault.write(marker(), SECRET), vault.erase(marker())]);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await answers).toEqual([{ outcome: 'locked' }, { outcome: 'locked' }, { outcome: 'locked' }, false]);
    expect(keyring.calls).toEqual([`get ${ACCOUNT}`]);
    expect(keyring.mostAtOnce()).toBe(1);
  });

  it('goes on by itself once the owner has answered', async () => {
    const { vault, keyring } = setUp();
    await vault.write(marker(), SECRET);
    keyring.mood = 'prompt';
    const answer = vault.read(marker());
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await answer).toEqual({ outcome: 'locked' });
    keyring.answerPrompt('open');
    await vi.advanceTimersByTimeAsync(0);
    expect(await vault.read(marker())).toEqual({ outcome: 'present', secret: SECRET });
  });

  it('does not call a write absent that the owner may still let through', async () => {
    const { vault, keyring } = setUp();
    keyring.items.set(SENTINEL, 'open');
    keyring.mood = 'prompt';
    const answer = vault.write(marker(), SECRET);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await answer).toEqual({ outcome: 'locked' });
    keyring.answerPrompt('open');
    await vi.advanceTimersByTimeAsync(0);
    expect(await vault.read(marker(), true)).toEqual({ outcome: 'present', secret: SECRET });
  });
});

describe('erasing', () => {
  it('is certain only of what was deleted, or is gone from a keyring that is proved open', async () => {
    const { vault, keyring, pass } = setUp();
    expect(await vault.erase(marker())).toBe(false);
    keyring.items.set(SENTINEL, 'open');
    pass(5_000);
    expect(await vault.erase(marker())).toBe(true);
    await vault.write(marker(), SECRET);
    expect(await vault.erase(marker())).toBe(true);
    expect(await vault.read(marker())).toEqual({ outcome: 'absent' });
  });
});

describe('the probe at the start', () => {
  it.each([
    ['open', { state: 'usable' }],
    ['locked', { state: 'locked' }],
    ['no-bus', { state: 'unavailable', reason: expect.stringContaining('no running keychain') as string }],
    ['no-collection', { state: 'unavailable', reason: expect.stringContaining('default keyring') as string }],
  ] as const)('%s', async (mood, expected) => {
    const { vault, keyring } = setUp();
    keyring.mood = mood;
    expect(await vault.probe()).toEqual(expected);
    expect([...keyring.items.keys()]).toEqual(mood === 'open' ? [SENTINEL] : []);
  });

  it('asks a locked keyring once, and when asked again leaves it alone', async () => {
    const { vault, keyring, lock } = setUpTelling();
    lock();
    expect(await vault.probe()).toEqual({ state: 'locked' });
    const asked = keyring.calls.length;
    expect(asked).toBeGreaterThan(0);
    expect(await vault.probe(true)).toEqual({ state: 'locked' });
    expect(keyring.calls).toHaveLength(asked);
  });

  it('asked again writes nothing where no keyring is the default one, since that would ask for a new one', async () => {
    const { vault, keyring, tells } = setUpTelling();
    keyring.mood = 'no-collection';
    tells.state = 'unknown';
    const nowhere = { state: 'unavailable', reason: expect.stringContaining('default keyring') as string };
    expect(await vault.probe()).toEqual(nowhere);
    const writes = (): number => keyring.calls.filter((call) => call.startsWith('set')).length;
    expect(writes()).toBe(1);
    expect(await vault.probe(true)).toEqual(nowhere);
    expect(writes()).toBe(1);
    keyring.mood = 'open';
    tells.state = 'open';
    expect(await vault.probe(true)).toEqual({ state: 'usable' });
  });

  it('waits no longer than the soft limit', async () => {
    const { vault, keyring } = setUp();
    keyring.mood = 'prompt';
    const answer = vault.probe();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await answer).toEqual({ state: 'locked' });
  });
});
