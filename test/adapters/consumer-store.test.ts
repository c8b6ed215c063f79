import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openConsumerStore } from '../../src-main/adapters/consumer-store.ts';
import type { Consumer } from '../../src-main/core/consumers/consumer.ts';
import { RIGHTS } from '../../src-main/core/consumers/consumer.ts';

const clock = { now: () => Date.UTC(2030, 0, 1, 12) };
const folder = (): string => mkdtempSync(join(tmpdir(), 'evertoken-keys-'));

const bot: Consumer = {
  id: '0123456789abcdef',
  name: 'Shop bot',
  digest: 'ab'.repeat(32),
  rights: RIGHTS,
  connections: ['c-main'],
  createdAt: 1_893_499_200_000,
  usage: { lastUsedAt: 1_893_499_300_000, calls: 12, renewals: 1, errors: 2 },
};
const other: Consumer = { ...bot, id: 'fedcba9876543210', name: 'Script', rights: ['status'], connections: null, usage: { lastUsedAt: null, calls: 0, renewals: 0, errors: 0 } };

describe('the file of keys', () => {
  it('gives back what was kept, whatever its parts', async () => {
    const at = folder();
    const { store, setAside } = await openConsumerStore(at, clock);
    expect([store.get(), setAside]).toEqual([[], null]);
    await store.save([bot, other]);
    expect((await openConsumerStore(at, clock)).store.get()).toEqual([bot, other]);
    expect(statSync(join(at, 'keys.json')).mode & 0o777).toBe(0o600);
  });

  it.each<readonly [string, object]>([
    ['a right unknown', { rights: ['owner'] }],
    ['a digest that is none', { digest: 'evk_0123' }],
    ['connections that are no list', { connections: 'c-main' }],
    ['no connections said', { connections: undefined }],
    ['a count below nothing', { usage: { ...bot.usage, calls: -1 } }],
  ])('with %s is put aside and said: nobody is let in by guess', async (_name, change) => {
    const at = folder();
    writeFileSync(join(at, 'keys.json'), JSON.stringify({ keys: [{ ...bot, ...change }] }));
    const { store, setAside } = await openConsumerStore(at, clock);
    expect([store.get(), setAside]).toEqual([[], join(at, 'keys.corrupt-2030-01-01T12-00-00-000Z.json')]);
    expect(readFileSync(String(setAside), 'utf8')).toContain('Shop bot');
    expect(existsSync(join(at, 'keys.json'))).toBe(false);
  });
});
