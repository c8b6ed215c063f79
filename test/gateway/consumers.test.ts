import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CreateKeyRequest } from '../../src-main/contract/keys.ts';
import type { Consumer, ConsumerStore } from '../../src-main/core/consumers/consumer.ts';
import { openConsumers } from '../../src-main/gateway/consumers.ts';
import { connectionView, createFakeKeeper, statusOf } from '../fakes/keeper.ts';
import { makeKey, memoryConsumers } from './house.ts';
import type { LogLine } from './house.ts';

const NOW = Date.UTC(2030, 0, 1, 12);
const two = statusOf([connectionView({ id: 'c-main', label: 'Main shop' }), connectionView({ id: 'c-test', label: 'Test shop' })]);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(store: ConsumerStore & { readonly saves?: readonly (readonly Consumer[])[] } = memoryConsumers(), status = two) {
  const { keeper, answers, changed } = createFakeKeeper({ status });
  const lines: LogLine[] = [];
  const watched: string[] = [];
  let now = NOW;
  const keys = openConsumers({
    store,
    keeper,
    clock: { now: () => now, monotonic: () => now },
    log: { write: (level, event, facts = {}) => void lines.push({ level, event, facts }) },
    watchSecret: (secret) => void watched.push(secret),
  });
  return { keys, store, answers, changed, lines, watched, pass: (ms: number) => (now += ms) };
}

/** The consumer behind a key; fails the test where there is none. */
function found(keys: ReturnType<typeof open>['keys'], key: string): Consumer {
  const consumer = keys.find(key);
  if (consumer === null) throw new Error('The key opens nothing.');
  return consumer;
}

const bot: CreateKeyRequest = { name: ' Shop bot ', rights: ['token', 'graph', 'token'], connections: ['c-main', 'c-main'] };

describe('making a key', () => {
  it('shows it once and keeps its digest alone', async () => {
    const store = memoryConsumers();
    const { keys, lines, watched } = open(store);
    const made = await keys.create(bot);
    const key = String(made.key);
    expect(made).toMatchObject({ ok: true, code: 'key-created', connection: null, details: [] });
    expect(key).toMatch(/^evk_[\w-]{43}$/);
    expect(watched).toEqual([key]);
    const kept = { id: made.id, name: 'Shop bot', digest: createHash('sha256').update(key).digest('hex'), rights: ['graph', 'token'], connections: ['c-main'], createdAt: NOW };
    expect(store.get()).toEqual([{ ...kept, usage: { lastUsedAt: null, calls: 0, renewals: 0, errors: 0 } }]);
    expect(keys.list()).toEqual([
      { id: made.id, name: 'Shop bot', rights: ['graph', 'token'], connections: ['c-main'], createdAt: '2030-01-01T12:00:00.000Z', lastUsedAt: null, calls: 0, renewals: 0, errors: 0 },
    ]);
    expect(JSON.stringify([keys.list(), store.get(), lines])).not.toContain(key.slice(4, 24));
  });

  it('opens for that key and no other, also after a restart', async () => {
    const { keys, store } = open();
    const { key, id } = await makeKey(keys, ['status']);
    const other = await makeKey(keys, ['status'], null, 'Other bot');
    const again = open(store).keys;
    for (const opened of [keys, again]) {
      expect([opened.find(key)?.id, opened.find(other.key)?.id]).toEqual([id, other.id]);
      expect(['', key.slice(0, -1), `${key}x`, key.toLowerCase(), createHash('sha256').update(key).digest('hex')].map((wrong) => opened.find(wrong))).toEqual([null, null, null, null, null]);
    }
  });

  it.each<readonly [string, Partial<CreateKeyRequest>, string]>([
    ['without a name', { name: '  ' }, 'name-missing'],
    ['with a name that another one has', { name: 'shop BOT' }, 'name-taken'],
    ['without rights', { rights: [] }, 'no-rights'],
    ['for no connection', { connections: [] }, 'no-connections'],
    ['for a connection unknown', { connections: ['c-main', 'c-gone'] }, 'no-such-connection'],
    ['for a connection by its label', { connections: ['Main shop'] }, 'no-such-connection'],
  ])('%s: refused, and nothing is kept', async (_name, change, code) => {
    const { keys, store } = open();
    await keys.create(bot);
    const refused = await keys.create({ name: 'Second bot', rights: ['status'], connections: null, ...change });
    expect(refused).toMatchObject({ ok: false, code, key: null, id: null });
    expect(refused.message).toMatch(/\.$/);
    expect([keys.list().length, store.get().length]).toEqual([1, 1]);
  });

  it('two at once of one name make one; two of different names make two', async () => {
    const { keys, store } = open();
    const twins = await Promise.all([keys.create(bot), keys.create(bot), keys.create({ ...bot, name: 'Other bot' })]);
    expect(twins.map(({ code }) => code)).toEqual(['key-created', 'name-taken', 'key-created']);
    expect(store.get().map(({ name }) => name)).toEqual(['Shop bot', 'Other bot']);
  });

  it('that the disk refuses was not made', async () => {
    const { keys, lines } = open({ get: () => [], save: async () => Promise.reject(new Error('The disk is full.')) });
    expect(await keys.create(bot)).toMatchObject({ ok: false, code: 'not-saved', key: null, id: null });
    expect(keys.list()).toEqual([]);
    expect(lines).toEqual([{ level: 'error', event: 'keys.not-saved', facts: { after: 'creation', error: 'The disk is full.' } }]);
  });
});

describe('revoking a key', () => {
  it('holds from that moment on, before it is saved', async () => {
    const { keys, store } = open();
    const { key, id } = await makeKey(keys, ['status']);
    const revoking = keys.revoke(id);
    expect([keys.find(key), keys.list()]).toEqual([null, []]);
    expect(await revoking).toMatchObject({ ok: true, code: 'key-revoked', message: 'The key of "Test bot" opens nothing any more.' });
    expect([store.get(), open(store).keys.find(key)]).toEqual([[], null]);
  });

  it('while another one is made loses neither', async () => {
    const { keys, store } = open();
    const { key, id } = await makeKey(keys, ['status']);
    const [made] = await Promise.all([keys.create({ ...bot, name: 'New bot' }), keys.revoke(id)]);
    expect([made.ok, keys.find(key), store.get().map(({ name }) => name)]).toEqual([true, null, ['New bot']]);
  });

  it('of which there is none says so', async () => {
    const { keys } = open();
    expect(await keys.revoke('gone')).toMatchObject({ ok: false, code: 'no-such-key' });
  });

  it('that the disk refuses holds for this run, says what a restart would do, and is saved once that is possible', async () => {
    const store = memoryConsumers();
    const { save } = store;
    const { keys } = open(store);
    const { key, id } = await makeKey(keys, ['status']);
    store.save = async () => Promise.reject(new Error('The disk is full.'));
    const revoked = await keys.revoke(id);
    expect(revoked).toMatchObject({ ok: false, code: 'not-saved' });
    expect(revoked.message).toContain('a restart would bring the key back');
    expect([keys.find(key), store.get().length]).toEqual([null, 1]);
    store.save = save;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(store.get()).toEqual([]);
  });
});

describe('who uses my token', () => {
  it('counts calls, errors and the renewals that a consumer lived through', async () => {
    const { keys, pass } = open();
    const { key } = await makeKey(keys, ['token'], ['c-main', 'c-test']);
    const consumer = found(keys, key);
    for (const [connection, fingerprint] of [['c-main', 'a'], ['c-test', 'b'], ['c-main', 'a'], ['c-main', 'a2'], [null, null], ['c-main', null], ['c-test', 'b2'], ['c-main', 'a2']] as const) {
      pass(1_000);
      keys.called(consumer, connection, fingerprint);
    }
    keys.failed(consumer);
    expect(keys.list()[0]).toMatchObject({ calls: 8, errors: 1, renewals: 2, lastUsedAt: '2030-01-01T12:00:08.000Z' });
  });

  it('is on disk at most once a minute, however many calls there are', async () => {
    const store = memoryConsumers();
    const { keys } = open(store);
    const { key } = await makeKey(keys, ['token']);
    const consumer = found(keys, key);
    for (let second = 0; second < 180; second += 1) {
      for (let call = 0; call < 10; call += 1) keys.called(consumer, 'c-main', 'a');
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(store.saves.map(([kept]) => kept?.usage.calls)).toEqual([0, 600, 1_200, 1_800]);
    await vi.advanceTimersByTimeAsync(600_000);
    expect(store.saves).toHaveLength(4);
  });

  it('is saved at the end, and goes on from there', async () => {
    const { keys, store } = open();
    const { key } = await makeKey(keys, ['token']);
    keys.called(found(keys, key), 'c-main', 'a');
    keys.failed(found(keys, key));
    await keys.close();
    await keys.close();
    const again = open(store).keys;
    again.called(found(again, key), 'c-main', 'a2');
    again.called(found(again, key), 'c-main', 'a3');
    expect(again.list()[0]).toMatchObject({ calls: 3, errors: 1, renewals: 1 });
  });

  it('that the disk refuses is tried again', async () => {
    const store = memoryConsumers();
    const { keys, lines } = open(store);
    const { key } = await makeKey(keys, ['token']);
    const { save } = store;
    store.save = async () => Promise.reject(new Error('The disk is full.'));
    keys.called(found(keys, key), null, null);
    await vi.advanceTimersByTimeAsync(60_000);
    store.save = save;
    expect(lines.at(-1)).toMatchObject({ event: 'keys.not-saved', facts: { after: 'counting' } });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(store.get()[0]?.usage.calls).toBe(1);
  });

  it('counts nothing more for a key that was revoked in mid-call', async () => {
    const { keys, store } = open();
    const { key, id } = await makeKey(keys, ['token']);
    const consumer = found(keys, key);
    await keys.revoke(id);
    keys.called(consumer, 'c-main', 'a');
    await keys.close();
    expect([keys.list(), store.get()]).toEqual([[], []]);
  });
});

describe('a connection that is removed', () => {
  it('leaves no right behind, and never turns into all of them', async () => {
    const { keys, store, answers, changed } = open();
    const both = await makeKey(keys, ['token'], ['c-main', 'c-test'], 'Both');
    const one = await makeKey(keys, ['token'], ['c-test'], 'One');
    const all = await makeKey(keys, ['token'], null, 'All');
    keys.called(found(keys, both.key), 'c-main', 'a');
    answers.status = statusOf([connectionView({ id: 'c-main' })]);
    changed();
    await vi.advanceTimersByTimeAsync(1_000);
    const expected = [['Both', ['c-main']], ['One', []], ['All', null]];
    expect(keys.list().map(({ name, connections }) => [name, connections])).toEqual(expected);
    expect(store.get().map(({ name, connections }) => [name, connections])).toEqual(expected);
    expect([both, one, all].map(({ key }) => keys.find(key)?.connections)).toEqual([['c-main'], [], null]);
    expect(keys.list()[0]?.calls).toBe(1);
  });

  it('while Evertoken did not know of the key is found at the next start', async () => {
    const { keys, store } = open();
    await makeKey(keys, ['token'], ['c-main', 'c-test']);
    await keys.close();
    const later = open(store, statusOf([connectionView({ id: 'c-test' })])).keys;
    expect(later.list()[0]?.connections).toEqual(['c-test']);
    await later.close();
    expect(store.get()[0]?.connections).toEqual(['c-test']);
  });
});
