import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { AWKWARD_RECIPIENTS } from '../../src-main/practice/routes/messages.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { at, onStage } from './stage.ts';

const path = `/v26.0/${SHOP.phoneNumberId}/messages`;
const text = (to: string) => ({ messaging_product: 'whatsapp', to, type: 'text', text: { body: 'Your order is ready' } });
const template = (name: string) => ({ messaging_product: 'whatsapp', to: '15550100002', type: 'template', template: { name, language: { code: 'en_US' } } });

describe('messages', () => {
  it('counts every accepted send: there is no idempotency', async () => {
    const { meta, robot, post } = await onStage();
    const token = robot();
    const replies = [await post(path, token, text('+1 555-010-0002')), await post(path, token, text('+1 555-010-0002'))];
    const sent = meta.world.sent();
    expect(replies.map(({ body }) => body)).toEqual(
      sent.map(({ id }) => ({ messaging_product: 'whatsapp', contacts: [{ input: '+1 555-010-0002', wa_id: '15550100002' }], messages: [{ id }] })),
    );
    expect(sent.map(({ to, token: label, body }) => [to, label, at(body, 'text', 'body')])).toEqual([
      ['15550100002', 't1', 'Your order is ready'],
      ['15550100002', 't1', 'Your order is ready'],
    ]);
    expect([meta.journal.count({ effect: 'sent' }), sent[0]?.id === sent[1]?.id]).toEqual([2, false]);
  });

  it('sends an approved template, hello_world only from a test number, and no unknown one', async () => {
    const { meta, robot, post } = await onStage();
    meta.world.addWaba({ id: '301', name: 'Test', phoneNumbers: [{ id: '401', display: '+1 555-010-0009', verifiedName: 'Test', isTest: true }], assignedTo: [SHOP.robotId] });
    const token = robot();
    expect(at((await post(path, token, template('order_ready'))).body, 'messages', 0, 'message_status')).toBe('accepted');
    expect(await post(path, token, template('hello_world'))).toMatchObject({ status: 400, body: { error: { code: 131058 } } });
    expect((await post('/401/messages', token, template('hello_world'))).status).toBe(200);
    expect(await post(path, token, template('nothing'))).toMatchObject({ status: 404, body: { error: { code: 132001 } } });
    expect(meta.world.sent().length).toBe(2);
  });

  it.each(Object.entries(AWKWARD_RECIPIENTS))('refuses %s with %i and details', async (to, code) => {
    const { meta, robot, post } = await onStage();
    const { body } = await post(path, robot(), text(to));
    expect([at(body, 'error', 'code'), at(body, 'error', 'error_data', 'messaging_product'), meta.world.sent()]).toEqual([code, 'whatsapp', []]);
  });

  it('refuses a dead token, a missing permission, an unregistered number, another number, a body that is no message', async () => {
    const { meta, owner, robot, post } = await onStage();
    const [dead, mute, good] = [owner(), robot({ scopes: ['whatsapp_business_management'] }), robot()];
    meta.world.changePassword(SHOP.ownerId);
    const codeOf = async (where: string, token: string, body: unknown) => at((await post(where, token, body)).body, 'error', 'code');
    expect(await codeOf(path, dead, text('15550100002'))).toBe(190);
    expect(await codeOf(path, mute, text('15550100002'))).toBe(10);
    expect(await codeOf('/499/messages', good, text('15550100002'))).toBe(100);
    expect(await codeOf(path, good, { to: '15550100002' })).toBe(100);
    expect(await codeOf(path, good, { ...text('15550100002'), type: 'smoke-signal' })).toBe(131051);
    meta.world.changeNumber(SHOP.phoneNumberId, { registered: false });
    expect(await codeOf(path, good, text('15550100002'))).toBe(133010);
    expect(meta.world.sent()).toEqual([]);
  });
});

describe('media', () => {
  const bytes = new Uint8Array([0, 13, 10, 13, 10, 45, 45, 255, 7]);

  it.each(['multipart', 'plain'] as const)('keeps a %s upload and hands it out for a Bearer token only', async (how) => {
    const { meta, robot, get } = await onStage();
    const token = robot();
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    form.set('file', new File([bytes], 'menu.png', { type: 'image/png' }));
    const upload = await fetch(`${meta.url}/v26.0/${SHOP.phoneNumberId}/media`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...(how === 'plain' ? { 'content-type': 'image/png' } : {}) },
      body: how === 'plain' ? bytes : form,
    });
    const id = String(at(await upload.json(), 'id'));
    const info = await get(`/v26.0/${id}`, { access_token: token });
    expect(info.body).toEqual({
      messaging_product: 'whatsapp',
      url: `${meta.url}/practice-media/${id}`,
      mime_type: 'image/png',
      sha256: createHash('sha256').update(bytes).digest('hex'),
      file_size: 9,
      id,
    });
    const file = await fetch(String(at(info.body, 'url')), { headers: { authorization: `Bearer ${token}` } });
    expect([file.headers.get('content-type'), new Uint8Array(await file.arrayBuffer())]).toEqual(['image/png', bytes]);
    expect(await get(`/practice-media/${id}`, { access_token: token })).toMatchObject({ status: 403, body: { error: { code: 200 } } });
    const removal = await fetch(`${meta.url}/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
    expect(await removal.json()).toEqual({ success: true });
    expect((await get(`/${id}`, { access_token: token })).status).toBe(400);
  });

  it('refuses a form without a file', async () => {
    const { meta, robot } = await onStage();
    const form = new FormData();
    form.set('messaging_product', 'whatsapp');
    const upload = await fetch(`${meta.url}/${SHOP.phoneNumberId}/media`, { method: 'POST', headers: { authorization: `Bearer ${robot()}` }, body: form });
    expect(at(await upload.json(), 'error', 'code')).toBe(100);
  });
});
