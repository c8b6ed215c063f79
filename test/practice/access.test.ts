import { describe, expect, it } from 'vitest';
import { appSecretProof } from '../../src-main/practice/appsecret-proof.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { at, items, onStage } from './stage.ts';

const fields = { fields: 'display_phone_number,verified_name,quality_rating,status,name_status,throughput' };

describe('the number', () => {
  it('shows the fields that are asked for', async () => {
    const { robot, get } = await onStage();
    expect((await get(`/v26.0/${SHOP.phoneNumberId}`, { ...fields, access_token: robot() })).body).toEqual({
      id: SHOP.phoneNumberId,
      display_phone_number: '+1 555-010-0001',
      verified_name: 'Corner Shop',
      quality_rating: 'GREEN',
      status: 'CONNECTED',
      name_status: 'APPROVED',
      throughput: { level: 'STANDARD' },
    });
  });

  it.each([
    ['a wrong id', '499', 100, 33],
    ['the account in place of the number', SHOP.wabaId, 100, 33],
    ['a telephone number', '+15550100001', 803, undefined],
  ])('refuses %s', async (_name, id, code, subcode) => {
    const { robot, get } = await onStage();
    const { body } = await get(`/v26.0/${id}`, { ...fields, access_token: robot() });
    expect([at(body, 'error', 'code'), at(body, 'error', 'error_subcode')]).toEqual([code, subcode]);
  });

  it('is lost with the assignment, and names the scope that is missing', async () => {
    const { meta, robot, get } = await onStage();
    const token = robot();
    meta.world.loseScope(token, 'whatsapp_business_management');
    expect((await get(`/${SHOP.phoneNumberId}`, { access_token: token })).status).toBe(200);
    const numbers = await get(`/${SHOP.wabaId}/phone_numbers`, { access_token: token });
    expect([numbers.status, at(numbers.body, 'error', 'code'), at(numbers.body, 'error', 'message')]).toEqual([403, 200, '(#200) Requires whatsapp_business_management permission to manage the object']);
    meta.world.unassign(SHOP.robotId, SHOP.wabaId);
    expect(await get(`/${SHOP.phoneNumberId}`, { access_token: token })).toMatchObject({ status: 400, body: { error: { code: 100, error_subcode: 33 } } });
  });
});

describe('the numbers of an account', () => {
  const many = Array.from({ length: 130 }, (_, n) => ({ id: `4100000000${100 + n}`, display: `+1 555-011-0${n}`, verifiedName: `Till ${n}` }));

  it('come 25 at a time, with links that carry the token', async () => {
    const { meta, robot, get } = await onStage();
    meta.world.addWaba({ id: '301', name: 'Chain', phoneNumbers: many, assignedTo: [SHOP.robotId] });
    const token = robot();
    const first = await get('/v26.0/301/phone_numbers', { access_token: token, fields: 'display_phone_number' });
    expect(items(first.body).length).toBe(25);
    expect(at(first.body, 'data', 0)).toEqual({ id: many[0]?.id, display_phone_number: many[0]?.display });
    const ids: unknown[] = [];
    let next: unknown = first.body;
    for (;;) {
      ids.push(...items(next).map((item) => at(item, 'id')));
      const link = at(next, 'paging', 'next');
      if (typeof link !== 'string') break;
      expect(new URL(link).searchParams.get('access_token')).toBe(token);
      next = await (await fetch(link)).json();
    }
    expect(ids).toEqual(many.map(({ id }) => id));
    expect(meta.journal.count({ endpoint: 'waba' })).toBe(6);
  });

  it('come at most 100 at a time, and by a cursor', async () => {
    const { meta, robot, get } = await onStage();
    meta.world.addWaba({ id: '301', name: 'Chain', phoneNumbers: many, assignedTo: [SHOP.robotId] });
    const token = robot();
    const first = await get('/301/phone_numbers', { access_token: token, limit: '1000' });
    expect(items(first.body).length).toBe(100);
    const rest = await get('/301/phone_numbers', { access_token: token, limit: '100', after: String(at(first.body, 'paging', 'cursors', 'after')) });
    expect([items(rest.body).length, at(rest.body, 'paging', 'next')]).toEqual([30, undefined]);
    const back = await get('/301/phone_numbers', { access_token: token, limit: '100', before: String(at(rest.body, 'paging', 'cursors', 'before')) });
    expect([items(back.body).length, at(back.body, 'data', 0, 'id')]).toEqual([100, many[0]?.id]);
  });

  it('an account without numbers is an empty list; templates are listed too', async () => {
    const { meta, robot, get } = await onStage();
    meta.world.addWaba({ id: '302', name: 'Empty', phoneNumbers: [], assignedTo: [SHOP.robotId] });
    const token = robot();
    expect((await get('/302/phone_numbers', { access_token: token })).body).toEqual({ data: [] });
    const templates = await get(`/${SHOP.wabaId}/message_templates`, { access_token: token });
    expect([at(templates.body, 'data', 0, 'name'), at(templates.body, 'data', 1, 'name')]).toEqual(['hello_world', 'order_ready']);
  });
});

describe('the caller', () => {
  it('is named by GET /app', async () => {
    const { robot, get } = await onStage();
    expect((await get('/v26.0/app', {}, { authorization: `Bearer ${robot()}` })).body).toEqual({ id: SHOP.appId, name: 'Corner Shop Bot' });
  });

  it('must prove the app secret where the app wants it, and never wrongly', async () => {
    const { meta, robot, get } = await onStage();
    const token = robot();
    const wrong = await get('/app', { access_token: token, appsecret_proof: '00' });
    expect([wrong.status, at(wrong.body, 'error', 'code'), at(wrong.body, 'error', 'message')]).toEqual([400, 100, 'Invalid appsecret_proof provided in the API argument']);
    expect((await get('/app', { access_token: token })).status).toBe(200);
    meta.world.changeApp(SHOP.appId, { requireProof: true });
    const missing = await get('/app', { access_token: token });
    expect(at(missing.body, 'error', 'message')).toBe('API calls from the server require an appsecret_proof argument');
    expect((await get('/app', { access_token: token, appsecret_proof: appSecretProof(token, SHOP.appSecret) })).status).toBe(200);
    expect(meta.journal.entries().map(({ proof }) => proof)).toEqual(['wrong', 'none', 'none', 'right']);
  });

  it('computes the proof as Meta does', () => {
    expect(appSecretProof('what do ya want for nothing?', 'Jefe')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  it.each([
    ['password_changed', 460],
    ['app_removed', 458],
    ['checkpoint', 459],
    ['unconfirmed', 464],
    ['logged_out', 467],
    ['lost_role', 492],
    ['inactive', 493],
  ] as const)('%s → 190/%i, inside debug_token and outside', async (deed, subcode) => {
    const { meta, owner, get, debug } = await onStage();
    const token = owner();
    const deeds = {
      password_changed: () => meta.world.changePassword(SHOP.ownerId),
      app_removed: () => meta.world.removeApp(SHOP.ownerId, SHOP.appId),
      checkpoint: () => meta.world.checkpoint(SHOP.ownerId),
      unconfirmed: () => meta.world.unconfirmed(SHOP.ownerId),
      logged_out: () => meta.world.logout(token),
      lost_role: () => meta.world.loseRole(SHOP.ownerId, SHOP.appId),
      inactive: () => meta.world.inactive(token),
    };
    deeds[deed]();
    const outside = await get('/app', { access_token: token });
    expect([outside.status, at(outside.body, 'error', 'code'), at(outside.body, 'error', 'error_subcode')]).toEqual([400, 190, subcode]);
    expect(at((await debug(token)).body, 'data')).toMatchObject({ is_valid: false, user_id: SHOP.ownerId, error: { code: 190, subcode } });
  });

  it('keeps a system user through a password change, and a person after a checkpoint', async () => {
    const { meta, owner, robot, get } = await onStage();
    const [person, system] = [owner(), robot()];
    meta.world.changePassword(SHOP.robotId);
    meta.world.checkpoint(SHOP.ownerId);
    meta.world.standing(SHOP.ownerId, 'good');
    expect([(await get('/app', { access_token: person })).status, (await get('/app', { access_token: system })).status]).toEqual([200, 200]);
  });

  it('may not use a version that has ended', async () => {
    const { meta, robot, get } = await onStage();
    const token = robot();
    const ask = async (version: string) => at((await get(`/${version}/app`, { access_token: token })).body, 'error', 'code');
    expect([await ask('v19.0'), await ask('v20.0'), await ask('v26.0')]).toEqual([2635, undefined, undefined]);
    meta.clock.set(Date.UTC(2026, 8, 24));
    expect([await ask('v20.0'), await ask('v25.0')]).toEqual([2635, undefined]);
  });

  it('gets a Graph error for a path that is none', async () => {
    const { robot, get } = await onStage();
    expect(await get('/v26.0/a/b/c', { access_token: robot() })).toMatchObject({ status: 400, body: { error: { code: 2500 } } });
  });
});
