import { describe, expect, it } from 'vitest';
import type { ConsumerStatusAnswer } from '../../src-main/contract/admin.ts';
import type { Right } from '../../src-main/core/consumers/consumer.ts';
import { alertView, connectionView, handedToken, outcome, statusOf } from '../fakes/keeper.ts';
import { KEY, deliveryView, makeKey, openGateway } from './house.ts';

const status = statusOf(
  [connectionView({ id: 'c-main', label: 'Main shop', alerts: [alertView()] }), connectionView({ id: 'c-test', label: 'Test shop', alerts: [alertView({ id: 'c-test/expiry/token' })] })],
  [alertView({ id: 'app/keychain-locked/keychain', code: 'keychain-locked', text: 'Your keychain is locked.' })],
);
const deliveries = [
  deliveryView({ standing: 'failed', code: 'no-permission', text: 'Evertoken may not write to /srv/bot/.env.' }),
  deliveryView({ id: 'd-2', connection: 'c-test', kind: 'command', target: 'docker restart --secret hunter2', variable: null }),
];
const summaries: ConsumerStatusAnswer['deliveries'] = [
  { connection: 'c-main', kind: 'env-file', standing: 'failed', lastDone: '2030-01-01T11:00:00.000Z', fingerprint: '…abcd 12ab34cd', nextTry: null },
  { connection: 'c-test', kind: 'command', standing: 'done', lastDone: '2030-01-01T11:00:00.000Z', fingerprint: '…abcd 12ab34cd', nextTry: null },
];

async function open() {
  const gate = await openGateway({ status, accessToken: async () => handedToken() }, {}, { deliveries });
  const ask = async (key: string, method: string, path: string, body?: unknown) => {
    const answer = await fetch(`http://${gate.host}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as { error?: { code: string; message: string; connections?: unknown } } & Record<string, unknown> };
  };
  return { ...gate, ask };
}

describe('what a key of a consumer opens', () => {
  const doors: readonly (readonly [method: string, path: string, body: unknown, right: Right | 'owner'])[] = [
    ['GET', '/admin/token-status', undefined, 'status'],
    ['POST', '/admin/refresh-token?connection=c-main', undefined, 'refresh'],
    ['GET', '/v1/connections/c-main/token', undefined, 'token'],
    ['POST', '/admin/connections', { token: 'EAATestRightsNotReal' }, 'owner'],
    ['POST', '/admin/connections/c-main/replace', { token: 'EAATestRightsNotReal' }, 'owner'],
    ['POST', '/admin/connections/c-main/number', { phoneNumberId: '1' }, 'owner'],
    ['POST', '/admin/connections/c-main/check', undefined, 'owner'],
    ['DELETE', '/admin/connections/c-main', undefined, 'owner'],
    ['POST', '/admin/alerts/acknowledge', { id: 'c-main/expiry/token' }, 'owner'],
    ['GET', '/admin/keys', undefined, 'owner'],
    ['POST', '/admin/keys', { name: 'Second key', rights: ['token'] }, 'owner'],
    ['DELETE', '/admin/keys/0123', undefined, 'owner'],
    ['GET', '/admin/deliveries', undefined, 'owner'],
    ['POST', '/admin/deliveries', { connection: 'c-main', file: '/srv/.env' }, 'owner'],
    ['DELETE', '/admin/deliveries/d-1', undefined, 'owner'],
    ['POST', '/admin/deliveries/command', { connection: 'c-main', argv: ['true'] }, 'owner'],
    ['POST', '/admin/deliver', {}, 'owner'],
  ];

  it.each(doors)('%s %s', async (method, path, body, needed) => {
    const gate = await open();
    const rights: readonly Right[] = ['status', 'refresh', 'token', 'graph'];
    for (const right of rights) {
      const { key } = await makeKey(gate.keys, [right], null, right);
      const answer = await gate.ask(key, method, path, body);
      if (right === needed) expect(answer.status).toBe(200);
      else {
        expect([answer.status, answer.body.error?.code]).toEqual([403, 'key-not-allowed']);
        expect(answer.body.error?.message).toContain(needed === 'owner' ? "only the owner's own key may" : `the right "${needed}"`);
      }
    }
    expect([...gate.calls, ...gate.deliveryCalls]).toHaveLength(needed === 'refresh' ? 1 : 0);
    expect(gate.lines.filter(({ event }) => event === 'gateway.refused').map(({ facts }) => [facts['reason'], facts['status']])).toEqual([['key-not-allowed', 403]]);
    expect((await gate.ask(KEY, method, path, body)).status).toBe(200);
  });

  it('the health without any', async () => {
    const { host } = await open();
    expect((await fetch(`http://${host}/healthz`)).status).toBe(200);
  });
});

describe('what a consumer sees of the status', () => {
  it('its own connections, their alerts and deliveries, and nothing of the rest', async () => {
    const { keys, ask } = await open();
    const { key } = await makeKey(keys, ['status'], ['c-test']);
    const { body } = await ask(key, 'GET', '/admin/token-status');
    const expected: ConsumerStatusAnswer = { ...status, connections: status.connections.slice(1), alerts: [], deliveries: summaries.slice(1) };
    expect(body).toEqual(expected);
    expect(JSON.stringify(body)).not.toMatch(/c-main|Main shop|srv\/bot|keychain is locked/);
  });

  it('everything, where its key opens all connections', async () => {
    const { keys, ask } = await open();
    const { key } = await makeKey(keys, ['status']);
    expect((await ask(key, 'GET', '/admin/token-status')).body).toEqual({ ...status, deliveries: summaries });
    expect((await ask(KEY, 'GET', '/admin/token-status')).body).toEqual({ ...status, deliveries });
  });

  it("nothing of the owner's computer, wherever it stands", async () => {
    const told = (code: string, of: string) => alertView({ id: `${of}/${code}//srv/bot/.env`, code, severity: 'urgent', rung: null, text: 'The value in /srv/bot/.env ends in …wxyz.' });
    const owners = ['delivery-failed', 'changed-by-hand', 'command-failed', 'gateway-trouble', 'settings-broken'];
    const { keys, ask, answers } = await open();
    answers.status = statusOf([connectionView({ id: 'c-main', alerts: owners.map((code) => told(code, 'c-main')) })], owners.map((code) => told(code, 'app')));
    const { key } = await makeKey(keys, ['status']);
    const { body } = await ask(key, 'GET', '/admin/token-status');
    const seen = (of: string) => owners.map((code) => ({ ...told(code, of), id: `${of}/${code}`, text: 'The owner sees why.' }));
    expect(body).toMatchObject({ connections: [{ alerts: seen('c-main') }], alerts: seen('app') });
    expect(JSON.stringify(body)).not.toMatch(/\/srv|wxyz/);
    expect((await ask(KEY, 'GET', '/admin/token-status')).body).toMatchObject({ alerts: owners.map((code) => told(code, 'app')) });
  });

  it('nothing of a connection that was made after its key', async () => {
    const { keys, ask, answers } = await open();
    const { key } = await makeKey(keys, ['status'], ['c-main', 'c-test']);
    answers.status = statusOf([connectionView({ id: 'c-main' }), connectionView({ id: 'c-new' })]);
    const { body } = await ask(key, 'GET', '/admin/token-status');
    expect((body['connections'] as readonly { id: string }[]).map(({ id }) => id)).toEqual(['c-main']);
  });
});

describe('renewing by a consumer', () => {
  it('without a name means the only one of its own', async () => {
    const { keys, ask, calls } = await open();
    const { key } = await makeKey(keys, ['refresh'], ['c-test']);
    expect((await ask(key, 'POST', '/admin/refresh-token')).status).toBe(200);
    expect(calls).toEqual([{ asked: 'refresh', id: 'c-test' }]);
  });

  it('without a name and with several of its own: asked which, among those', async () => {
    const { keys, ask, answers, calls } = await open();
    answers.status = statusOf([...status.connections, connectionView({ id: 'c-other', label: 'Other shop' })]);
    const { key } = await makeKey(keys, ['refresh'], ['c-main', 'c-test']);
    const { status: answered, body } = await ask(key, 'POST', '/admin/refresh-token');
    expect([answered, body.error?.code, body.error?.connections]).toEqual([400, 'which-connection', [{ id: 'c-main', label: 'Main shop' }, { id: 'c-test', label: 'Test shop' }]]);
    expect(calls).toEqual([]);
  });

  it('never another one', async () => {
    const { keys, ask, calls } = await open();
    const { key } = await makeKey(keys, ['refresh', 'token'], ['c-test']);
    const answers = [await ask(key, 'POST', '/admin/refresh-token?connection=c-main'), await ask(key, 'POST', '/admin/refresh-token?connection=Main+shop'), await ask(key, 'GET', '/v1/connections/c-main/token')];
    expect(answers.map(({ status: answered, body }) => `${answered} ${body.error?.code}`)).toEqual(Array(3).fill('403 key-not-allowed'));
    expect(answers[0]?.body.error?.message).toBe('This key may not use that connection.');
    expect(JSON.stringify(answers[1])).not.toMatch(/c-main|Main shop/);
    expect(calls).toEqual([]);
  });
});

describe('a key that is revoked', () => {
  it('opens nothing from that moment on, also on a connection that stays open', async () => {
    const { keys, ask, lines } = await open();
    const { key, id } = await makeKey(keys, ['status']);
    // fetch keeps the connection alive between these.
    expect((await ask(key, 'GET', '/admin/token-status')).status).toBe(200);
    const revoked = await ask(KEY, 'DELETE', `/admin/keys/${id}`);
    const after = await ask(key, 'GET', '/admin/token-status');
    expect([revoked.body['code'], after.status, after.body.error?.code]).toEqual(['key-revoked', 401, 'key-wrong']);
    expect(lines.filter(({ event }) => event === 'gateway.refused').map(({ facts }) => facts['reason'])).toEqual(['key-wrong']);
    expect(JSON.stringify(lines)).not.toContain(key.slice(4, 24));
  });
});

describe('a connection that comes or goes', () => {
  it('is known from then on, by its new name too', async () => {
    const { ask, answers, changed, calls } = await open();
    const renew = async (wanted: string) => (await ask(KEY, 'POST', `/admin/refresh-token?connection=${wanted}`)).status;
    expect([await renew('c-new'), await renew('Main+shop')]).toEqual([404, 200]);
    answers.status = statusOf([connectionView({ id: 'c-main', label: 'Renamed' }), connectionView({ id: 'c-new', label: 'New shop' })]);
    changed();
    expect([await renew('c-new'), await renew('renamed'), await renew('Main+shop'), await renew('c-test')]).toEqual([200, 200, 404, 404]);
    expect(calls.map((call) => ('id' in call ? call.id : null))).toEqual(['c-main', 'c-new', 'c-main']);
  });
});

describe('what is counted', () => {
  it('admitted calls and their errors; not what was refused', async () => {
    const gate = await open();
    gate.answers.refresh = async () => outcome({ ok: false, code: 'unreachable', message: 'Meta did not answer.' });
    const { key } = await makeKey(gate.keys, ['status', 'refresh'], ['c-main']);
    await gate.ask(key, 'GET', '/admin/token-status');
    await gate.ask(key, 'POST', '/admin/refresh-token');
    await gate.ask(key, 'POST', '/admin/refresh-token?connection=c-test');
    await gate.ask(key, 'GET', '/v1/connections/c-main/token');
    await gate.ask(KEY, 'GET', '/admin/token-status');
    expect(gate.keys.list()[0]).toMatchObject({ calls: 2, errors: 1, lastUsedAt: '1970-01-01T00:00:00.000Z' });
  });

  it('a failure inside is an error', async () => {
    const gate = await open();
    gate.answers.refresh = async () => Promise.reject(new Error('broken'));
    const { key } = await makeKey(gate.keys, ['refresh'], ['c-main']);
    expect((await gate.ask(key, 'POST', '/admin/refresh-token')).status).toBe(500);
    expect(gate.keys.list()[0]).toMatchObject({ calls: 1, errors: 1 });
  });
});
