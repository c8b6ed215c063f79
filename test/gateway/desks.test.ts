import { describe, expect, it } from 'vitest';
import { statusOf, connectionView } from '../fakes/keeper.ts';
import { KEY, deliveryView, makeKey, openGateway } from './house.ts';

const two = statusOf([connectionView({ id: 'c-main', label: 'Main shop' }), connectionView({ id: 'c-test', label: 'Test shop' })]);

async function open() {
  const gate = await openGateway({ status: two }, {}, { deliveries: [deliveryView()] });
  const ask = async (method: string, path: string, body?: unknown, key = KEY) => {
    const answer = await fetch(`http://${gate.host}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as { error?: { code: string; message: string } } & Record<string, unknown> };
  };
  return { ...gate, ask };
}

describe('keys over HTTP', () => {
  it('are shown when they are made and never again', async () => {
    const { ask, lines } = await open();
    const made = await ask('POST', '/admin/keys', { name: 'Shop bot', rights: ['status', 'token'], connections: ['c-main'] });
    const key = String(made.body['key']);
    expect([made.status, made.body['code']]).toEqual([200, 'key-created']);
    expect((await ask('GET', '/admin/token-status', undefined, key)).status).toBe(200);
    const listed = await ask('GET', '/admin/keys');
    expect(listed).toEqual({
      status: 200,
      body: { keys: [{ id: made.body['id'], name: 'Shop bot', rights: ['token', 'status'], connections: ['c-main'], createdAt: '1970-01-01T00:00:00.000Z', lastUsedAt: '1970-01-01T00:00:00.000Z', calls: 1, renewals: 0, errors: 0 }] },
    });
    const everythingElse = JSON.stringify([listed, await ask('GET', '/admin/token-status'), lines]);
    expect(everythingElse).not.toContain(key.slice(4, 24));
  });

  it('are for all connections where none is named', async () => {
    const { ask } = await open();
    await ask('POST', '/admin/keys', { name: 'Bot', rights: ['graph'] });
    expect((await ask('GET', '/admin/keys')).body).toMatchObject({ keys: [{ connections: null }] });
  });

  it('are revoked by their id; a second time says that there is none', async () => {
    const { ask, keys } = await open();
    const { id } = await makeKey(keys, ['token']);
    expect((await ask('DELETE', `/admin/keys/${id}`)).body).toMatchObject({ ok: true, code: 'key-revoked' });
    expect(await ask('DELETE', `/admin/keys/${id}`)).toMatchObject({ status: 200, body: { ok: false, code: 'no-such-key' } });
  });

  it.each([
    ['without a name', { name: ' ', rights: ['token'] }, 'name-missing', 'Give the key a name, such as the name of the bot that will use it.'],
    ['without a right', { name: 'Bot', rights: [] }, 'no-rights', 'Say what the key may do: status, refresh, token, graph.'],
    ['for no connection', { name: 'Bot', rights: ['token'], connections: [] }, 'no-connections', 'Say which connections the key opens, or give it all of them.'],
  ])('%s are not made, and the answer says what is missing', async (_name, body, code, message) => {
    const { ask, keys } = await open();
    expect(await ask('POST', '/admin/keys', body)).toMatchObject({ status: 200, body: { ok: false, code, message, key: null } });
    expect(keys.list()).toEqual([]);
  });

  it('a wish that cannot be met is an outcome, not an error', async () => {
    const { ask } = await open();
    const refused = await ask('POST', '/admin/keys', { name: 'Bot', rights: ['graph'], connections: ['c-gone'] });
    expect(refused).toMatchObject({ status: 200, body: { ok: false, code: 'no-such-connection', key: null, id: null } });
  });

  it.each([
    ['no name', { rights: ['token'] }, 'name'],
    ['a name that paints', { name: 'a\u001b[2Jb', rights: ['token'] }, 'name'],
    ['a right unknown', { name: 'Bot', rights: ['owner'] }, 'rights.0'],
    ['a key of their own choice', { name: 'Bot', rights: ['token'], key: 'evk_chosen' }, 'not known'],
  ])('%s: refused', async (_name, body, says) => {
    const { ask, keys } = await open();
    const answer = await ask('POST', '/admin/keys', body);
    expect([answer.status, answer.body.error?.code, keys.list()]).toEqual([400, 'bad-field', []]);
    expect(answer.body.error?.message).toContain(says);
  });
});

describe('deliveries over HTTP', () => {
  it('are listed', async () => {
    const { ask } = await open();
    expect(await ask('GET', '/admin/deliveries')).toEqual({ status: 200, body: { deliveries: [deliveryView()] } });
  });

  it('reach the desk whole, with what is usual filled in', async () => {
    const { ask, deliveryCalls } = await open();
    const answers = [
      await ask('POST', '/admin/deliveries', { connection: 'c-main', file: '/srv/bot/.env' }),
      await ask('POST', '/admin/deliveries', { connection: 'c-main', file: '/srv/bot/.env', variable: 'WA_TOKEN', keepBackup: true }),
      await ask('POST', '/admin/deliveries/command', { connection: 'c-main', argv: ['systemctl', 'restart', 'bot'] }),
      await ask('POST', '/admin/deliveries/command', { connection: 'c-main', argv: ['true'], folder: '/srv', timeoutSeconds: 5 }),
      await ask('DELETE', '/admin/deliveries/d-1'),
      await ask('POST', '/admin/deliver'),
      await ask('POST', '/admin/deliver', { connection: 'c-main', delivery: 'd-1', overwrite: true }),
    ];
    expect(answers.map(({ status, body }) => [status, body['code']])).toEqual([
      [200, 'delivery-added'],
      [200, 'delivery-added'],
      [200, 'command-set'],
      [200, 'command-set'],
      [200, 'delivery-removed'],
      [200, 'delivered'],
      [200, 'delivered'],
    ]);
    expect(deliveryCalls).toEqual([
      { asked: 'addEnvFile', request: { connection: 'c-main', file: '/srv/bot/.env', variable: 'WHATSAPP_ACCESS_TOKEN', keepBackup: false } },
      { asked: 'addEnvFile', request: { connection: 'c-main', file: '/srv/bot/.env', variable: 'WA_TOKEN', keepBackup: true } },
      { asked: 'setCommand', request: { connection: 'c-main', argv: ['systemctl', 'restart', 'bot'], folder: null, timeoutSeconds: 60 } },
      { asked: 'setCommand', request: { connection: 'c-main', argv: ['true'], folder: '/srv', timeoutSeconds: 5 } },
      { asked: 'remove', id: 'd-1' },
      { asked: 'deliver', request: { connection: null, delivery: null, overwrite: false } },
      { asked: 'deliver', request: { connection: 'c-main', delivery: 'd-1', overwrite: true } },
    ]);
  });

  it.each([
    ['/admin/deliveries', { connection: 'c-main', file: '/srv/.env', variable: 'A=B' }, 'variable'],
    ['/admin/deliveries', { connection: 'c-main', file: '/srv/\0.env' }, 'file'],
    ['/admin/deliveries/command', { connection: 'c-main', argv: [] }, 'argv'],
    ['/admin/deliveries/command', { connection: 'c-main', argv: 'rm -rf /' }, 'argv'],
    ['/admin/deliver', { overwrite: 'yes' }, 'overwrite'],
  ])('%s refuses %j', async (path, body, says) => {
    const { ask, deliveryCalls } = await open();
    const answer = await ask('POST', path, body);
    expect([answer.status, answer.body.error?.code, deliveryCalls]).toEqual([400, 'bad-field', []]);
    expect(answer.body.error?.message).toContain(says);
  });
});
