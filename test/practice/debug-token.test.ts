import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src-main/core/time.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { NOON, at, onStage } from './stage.ts';

const appToken = `${SHOP.appId}|${SHOP.appSecret}`;
const unix = (ms: number): number => ms / 1_000;

describe('debug_token', () => {
  it('shows a temporary user token: on the hour, without issued_at', async () => {
    const { meta, owner, debug } = await onStage();
    meta.clock.advance(10 * 60_000);
    const { status, body } = await debug(owner({ onTheHour: true, issuedAt: false }));
    expect(status).toBe(200);
    expect(body).toEqual({
      data: {
        app_id: SHOP.appId,
        type: 'USER',
        application: 'Corner Shop Bot',
        data_access_expires_at: unix(NOON + 600_000 + 90 * DAY),
        expires_at: unix(NOON + 2 * HOUR),
        is_valid: true,
        scopes: ['whatsapp_business_management', 'whatsapp_business_messaging'],
        granular_scopes: [
          { scope: 'whatsapp_business_management', target_ids: [SHOP.wabaId] },
          { scope: 'whatsapp_business_messaging', target_ids: [SHOP.wabaId] },
        ],
        user_id: SHOP.ownerId,
      },
    });
  });

  it('shows a permanent system user token: both ends 0, issued_at, no targets', async () => {
    const { robot, debug } = await onStage();
    const { body } = await debug(robot());
    expect(at(body, 'data')).toMatchObject({
      type: 'SYSTEM_USER',
      is_valid: true,
      expires_at: 0,
      data_access_expires_at: 0,
      issued_at: unix(NOON),
      granular_scopes: [{ scope: 'whatsapp_business_management' }, { scope: 'whatsapp_business_messaging' }],
    });
    expect(at(body, 'data', 'granular_scopes', 0, 'target_ids')).toBeUndefined();
  });

  it('answers 200 for an expired token and keeps the other fields', async () => {
    const { meta, owner, debug } = await onStage();
    const token = owner();
    meta.clock.advance(HOUR + 12 * 60_000);
    const { status, body } = await debug(token);
    expect(status).toBe(200);
    expect(at(body, 'data')).toMatchObject({
      is_valid: false,
      app_id: SHOP.appId,
      user_id: SHOP.ownerId,
      expires_at: unix(NOON + HOUR),
      error: {
        code: 190,
        subcode: 463,
        message: 'Error validating access token: Session has expired on Tuesday, 22-Jul-25 06:00:00 PDT. The current time is Tuesday, 22-Jul-25 06:12:00 PDT.',
      },
    });
    expect(at(body, 'data', 'error', 'error_subcode')).toBeUndefined();
  });

  it('knows nothing about garbage, and says so with 200', async () => {
    const { debug } = await onStage();
    expect(await debug('hello')).toMatchObject({
      status: 200,
      body: { data: { error: { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' }, is_valid: false, scopes: [] } },
    });
    const cutOff = await debug('EAATestCutOff');
    expect(at(cutOff.body, 'data')).toEqual({ error: { code: 190, message: 'The access token could not be decrypted' }, is_valid: false, scopes: [] });
  });

  it('refuses a token of another app, or shows it where that is switched on', async () => {
    const { meta, robot, get } = await onStage();
    meta.world.addApp({ id: '109', name: 'Other', secret: 'practice-other' });
    const ask = { input_token: robot(), access_token: '109|practice-other' };
    const refused = await get('/debug_token', ask);
    expect([refused.status, at(refused.body, 'error', 'code'), at(refused.body, 'error', 'message')]).toEqual([400, 100, '(#100) The App_id in the input_token did not match the Viewing App']);
    meta.faults.add({ kind: 'wording', wording: { showOtherApp: true } });
    const shown = await get('/debug_token', ask);
    expect([shown.status, at(shown.body, 'data', 'app_id')]).toEqual([200, SHOP.appId]);
  });

  it('refuses a wrong app secret with 190 and an unknown app with 101', async () => {
    const { robot, get } = await onStage();
    const input = robot();
    const secret = await get('/debug_token', { input_token: input, access_token: `${SHOP.appId}|wrong` });
    const app = await get('/debug_token', { input_token: input, access_token: '999|wrong' });
    expect([secret.status, at(secret.body, 'error', 'code')]).toEqual([400, 190]);
    expect([app.status, at(app.body, 'error', 'code')]).toEqual([400, 101]);
    expect([secret, app].map(({ body }) => String(at(body, 'error', 'message')).startsWith('Error validating application'))).toEqual([true, true]);
  });

  it('lets a token ask about itself, by query or header, and gives the outer error once it is dead', async () => {
    const { meta, owner, get } = await onStage();
    const token = owner();
    const byQuery = await get('/debug_token', { input_token: token, access_token: token });
    const byHeader = await get('/debug_token', { input_token: token }, { authorization: `Bearer ${token}` });
    expect([at(byQuery.body, 'data', 'is_valid'), at(byHeader.body, 'data', 'is_valid')]).toEqual([true, true]);
    meta.clock.advance(DAY);
    const dead = await get('/debug_token', { input_token: token, access_token: token });
    expect([dead.status, at(dead.body, 'error', 'code'), at(dead.body, 'error', 'error_subcode')]).toEqual([400, 190, 463]);
  });

  it('asks for a token where none is sent', async () => {
    const { robot, get } = await onStage();
    const { body } = await get('/debug_token', { input_token: robot() });
    expect([at(body, 'error', 'code'), at(body, 'error', 'message')]).toEqual([200, '(#200) Provide valid app ID']);
  });

  it('leaves out the type, and shows ids as numbers, a page profile, the app token itself', async () => {
    const { meta, robot, debug } = await onStage();
    const untyped = await debug(robot({ type: null }));
    expect(at(untyped.body, 'data', 'type')).toBeUndefined();
    meta.faults.add({ kind: 'wording', wording: { idsAsNumbers: true }, times: 1 });
    const numbers = await debug(robot({ type: 'PAGE', profileId: '123' }));
    expect(at(numbers.body, 'data')).toMatchObject({ type: 'PAGE', app_id: Number(SHOP.appId), user_id: Number(SHOP.robotId), profile_id: 123 });
    const app = await debug(appToken);
    expect(at(app.body, 'data', 'type')).toBe('APP');
  });

  it('ends data access without ending the token', async () => {
    const { meta, owner, debug } = await onStage();
    const token = owner();
    meta.world.endDataAccess(token);
    const { body } = await debug(token);
    expect(at(body, 'data')).toMatchObject({ is_valid: true, data_access_expires_at: unix(NOON) });
  });

  it('keeps expires_at 0 when a permanent token is revoked', async () => {
    const { meta, robot, debug } = await onStage();
    const token = robot();
    meta.world.revoke(token);
    const { body } = await debug(token);
    expect(at(body, 'data')).toMatchObject({ is_valid: false, expires_at: 0, error: { code: 190, subcode: 467 } });
  });
});
