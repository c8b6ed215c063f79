import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeychainVault } from '../../../src-main/adapters/keychain/keychain-vault.ts';
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

  it('waits no longer than the soft limit', async () => {
    const { vault, keyring } = setUp();
    keyring.mood = 'prompt';
    const answer = vault.probe();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await answer).toEqual({ state: 'locked' });
  });
});
