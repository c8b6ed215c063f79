import { describe, expect, it } from 'vitest';
import type { ConnectionName } from '../../src-main/contract/admin.ts';
import { RIGHTS } from '../../src-main/core/consumers/consumer.ts';
import type { Consumer, Right } from '../../src-main/core/consumers/consumer.ts';
import { admitConsumer, admitTo } from '../../src-main/gateway/consumer-check.ts';
import { digestKey } from '../../src-main/gateway/key-check.ts';

const OWNER = 'test-owner-key';
const connections: readonly ConnectionName[] = [
  { id: 'c-main', label: 'Main shop' },
  { id: 'c-test', label: 'Shop' },
  { id: 'c-other', label: 'shop' },
];

function consumer(key: string, rights: readonly Right[], opens: readonly string[] | null): Consumer {
  return { id: key, name: key, digest: digestKey(key).toString('hex'), rights, connections: opens, createdAt: 0, usage: { lastUsedAt: null, calls: 0, renewals: 0, errors: 0 } };
}

const all = [consumer('all', RIGHTS, null), consumer('reader', ['status'], ['c-main']), consumer('bot', ['token', 'graph'], ['c-main', 'c-test']), consumer('nothing', RIGHTS, [])];
const consumers = { findDigest: (digest: Buffer) => all.find((one) => one.digest === digest.toString('hex')) ?? null };

function admit(presented: string | null, right: Right, wanted: string) {
  const result = admitConsumer(consumers, digestKey(OWNER), presented, right, wanted, connections);
  return result.ok ? [result.consumer?.id ?? 'owner', result.connection] : [result.refusal.status, result.refusal.code];
}

describe('whom a key lets in', () => {
  it.each<readonly [string, string | null, Right, string, readonly unknown[]]>([
    ['the owner, everywhere', OWNER, 'graph', 'c-other', ['owner', 'c-other']],
    ['the owner, by label', OWNER, 'token', 'main SHOP', ['owner', 'c-main']],
    ['the owner, by a label that two share in another case', OWNER, 'token', 'SHOP', [400, 'which-connection']],
    ['a bot, by id', 'bot', 'graph', 'c-main', ['bot', 'c-main']],
    ['a bot, by label', 'bot', 'token', 'Main shop', ['bot', 'c-main']],
    ['a bot, by a label that is the only one among its own', 'bot', 'token', 'SHOP', ['bot', 'c-test']],
    ['a key for all connections', 'all', 'refresh', 'c-other', ['all', 'c-other']],
    ['nobody without a key', null, 'graph', 'c-main', [401, 'key-missing']],
    ['nobody with a wrong key', 'stranger', 'graph', 'c-main', [401, 'key-wrong']],
    ['nobody with an empty key', '', 'graph', 'c-main', [401, 'key-wrong']],
    ['nobody with the digest of a key', digestKey('bot').toString('hex'), 'graph', 'c-main', [401, 'key-wrong']],
    ['no bot without the right', 'bot', 'refresh', 'c-main', [403, 'key-not-allowed']],
    ['no reader at the token', 'reader', 'token', 'c-main', [403, 'key-not-allowed']],
    ['no bot on a connection that its key does not name', 'bot', 'graph', 'c-other', [403, 'key-not-allowed']],
    ['no bot on such a connection by label', 'reader', 'status', 'Shop', [403, 'key-not-allowed']],
    ['no key that has lost its connections', 'nothing', 'token', 'c-main', [403, 'key-not-allowed']],
    ['a bot on a connection that is not there', 'bot', 'graph', 'c-gone', [404, 'no-such-connection']],
    ['the owner on a connection that is not there', OWNER, 'graph', 'c-gone', [404, 'no-such-connection']],
  ])('%s', (_name, presented, right, wanted, expected) => {
    expect(admit(presented, right, wanted)).toEqual(expected);
  });

  it('tells a consumer which of its own it may choose, and no others', () => {
    const refused = admitConsumer(consumers, digestKey(OWNER), 'reader', 'status', 'c-gone', connections);
    expect(refused).toMatchObject({ ok: false, refusal: { connections: [{ id: 'c-main', label: 'Main shop' }] } });
    expect(JSON.stringify(refused)).not.toMatch(/c-test|c-other/);
  });

  it('names the right that is missing, and never a connection that the key does not open', () => {
    const say = (right: Right, wanted: string): string => {
      const result = admitConsumer(consumers, digestKey(OWNER), 'bot', right, wanted, connections);
      return result.ok ? '' : result.refusal.message;
    };
    expect(say('refresh', 'c-main')).toBe('This key may not renew a token: it was made without the right "refresh". Make a key that has it.');
    expect(say('status', 'c-main')).toContain('"status"');
    expect([say('graph', 'c-other'), admitConsumer(consumers, digestKey(OWNER), 'reader', 'status', 'SHOP', connections.slice(0, 2))]).toMatchObject([
      'This key may not use that connection.',
      { ok: false, refusal: { status: 403, message: 'This key may not use that connection.' } },
    ]);
  });

  it('without a name is the only connection of a key, never one of several', () => {
    const named = (who: Consumer | undefined) => admitTo(who ?? null, 'status', null, connections);
    expect(named(all[1])).toMatchObject({ ok: true, connection: 'c-main' });
    expect(named(all[0])).toMatchObject({ ok: false, refusal: { status: 400, code: 'which-connection' } });
    expect(named(all[3])).toMatchObject({ ok: false, refusal: { status: 403, code: 'key-not-allowed' } });
    expect(admitTo(null, 'status', null, [])).toMatchObject({ ok: false, refusal: { status: 404, code: 'nothing-connected' } });
  });
});
