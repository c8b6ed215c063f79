import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseGraphJson } from '../../../src-main/core/graph/json.ts';
import { readDebugAnswer } from '../../../src-main/core/token/debug-answer.ts';

const NOW = 1_790_000_000_000;
const soon = NOW / 1_000 + 3_600;
const past = NOW / 1_000 - 3_600;
const read = (data: unknown): ReturnType<typeof readDebugAnswer> => readDebugAnswer({ data }, NOW);

describe('readDebugAnswer', () => {
  it('reads a temporary user token', () => {
    expect(
      read({ app_id: '123456789012345', type: 'USER', application: 'Shop', data_access_expires_at: soon + 7_776_000, expires_at: soon, is_valid: true, scopes: ['whatsapp_business_messaging', 'public_profile'], user_id: '2233' }),
    ).toEqual({
      saidAt: NOW,
      valid: true,
      appId: '123456789012345',
      userId: '2233',
      type: 'USER',
      expiry: { kind: 'at', at: NOW + 3_600_000 },
      dataAccess: { kind: 'at', at: NOW + 3_600_000 + 7_776_000_000 },
      issuedAt: null,
      scopes: ['whatsapp_business_messaging', 'public_profile'],
      granularScopes: [],
      fault: null,
    });
  });

  it('reads a permanent System User token', () => {
    expect(
      read({ app_id: '1', type: 'SYSTEM_USER', expires_at: 0, data_access_expires_at: 0, issued_at: past, is_valid: true, scopes: [], granular_scopes: [{ scope: 'whatsapp_business_messaging' }, { scope: 'whatsapp_business_management', target_ids: ['11', 22] }, { target_ids: ['33'] }, 'odd'], user_id: 5 }),
    ).toMatchObject({
      valid: true,
      userId: '5',
      expiry: { kind: 'never' },
      dataAccess: { kind: 'never' },
      issuedAt: NOW - 3_600_000,
      granularScopes: [
        { scope: 'whatsapp_business_messaging', targetIds: [] },
        { scope: 'whatsapp_business_management', targetIds: ['11', '22'] },
      ],
    });
  });

  it('reads an expired token, whose other fields are kept', () => {
    const error = { code: 190, message: 'Error validating access token: Session has expired on Tuesday, 22-Jul-25 05:00:00 PDT.', subcode: 463 };
    expect(read({ app_id: '1', user_id: '2', type: 'USER', expires_at: past, is_valid: false, scopes: ['a'], error })).toMatchObject({
      valid: false,
      appId: '1',
      expiry: { kind: 'at', at: NOW - 3_600_000 },
      scopes: ['a'],
      fault: { cause: 'expired', code: 190, subcode: 463, httpStatus: 200, message: error.message },
    });
  });

  it('reads garbage, of which Meta knows nothing', () => {
    const error = { code: 190, message: 'Invalid OAuth access token.' };
    expect(read({ error, is_valid: false, scopes: [] })).toEqual({
      saidAt: NOW,
      valid: false,
      appId: null,
      userId: null,
      type: null,
      expiry: { kind: 'unknown' },
      dataAccess: { kind: 'unknown' },
      issuedAt: null,
      scopes: [],
      granularScopes: [],
      fault: { cause: 'malformed_token', code: 190, subcode: null, httpStatus: 200, message: 'Invalid OAuth access token.' },
    });
  });

  it('takes the token out of the words of an error', () => {
    const error = { code: 190, message: 'Malformed access token EAATestTestTest' };
    expect(read({ error, is_valid: false, scopes: [] })?.fault?.message).toBe('Malformed access token [***]');
    const own = readDebugAnswer({ data: { error: { code: 190, message: 'bad: opaque-secret' }, is_valid: false } }, NOW, (text) => text.replace('opaque-secret', '#'));
    expect(own?.fault?.message).toBe('bad: #');
  });

  it.each([
    ['a revoked permanent token stays "never", and is invalid', { app_id: '1', expires_at: 0, is_valid: false, error: { code: 190, subcode: 460, message: 'x' } }, { kind: 'never' }, 'password_changed'],
    ['without an error, an expiry in the past is the reason', { app_id: '1', expires_at: past, is_valid: false }, { kind: 'at', at: NOW - 3_600_000 }, 'expired'],
    ['without an error and an expiry ahead nobody knows why', { app_id: '1', expires_at: soon, is_valid: false }, { kind: 'at', at: NOW + 3_600_000 }, 'unknown_auth'],
    ['without an error, "never" is not "expired"', { app_id: '1', expires_at: 0, is_valid: false }, { kind: 'never' }, 'unknown_auth'],
    ['nothing but invalid', { is_valid: false }, { kind: 'unknown' }, 'unknown_auth'],
    ['an unexplained 190 with an expiry in the past', { app_id: '1', expires_at: past, is_valid: false, error: { code: 190, message: 'no' } }, { kind: 'at', at: NOW - 3_600_000 }, 'expired'],
    ['an unexplained 190 of a known token', { app_id: '1', expires_at: soon, is_valid: false, error: { code: '190', message: 'no' } }, { kind: 'at', at: NOW + 3_600_000 }, 'unknown_auth'],
  ])('%s', (_name, data, expiry, cause) => {
    expect(read(data)).toMatchObject({ valid: false, expiry, fault: { cause } });
  });

  it.each([
    ['string', 'false', true],
    ['number', 0, true],
    ['null', null, true],
    ['true', true, true],
    ['false', false, false],
  ])('takes only a literal false for invalid: %s', (_name, is_valid, valid) => {
    expect(read({ app_id: '1', is_valid })?.valid).toBe(valid);
  });

  it.each([
    ['a string of seconds', String(soon), { kind: 'at', at: NOW + 3_600_000 }],
    ['a string 0', '0', { kind: 'never' }],
    ['nothing', undefined, { kind: 'unknown' }],
    ['null', null, { kind: 'unknown' }],
    ['words', 'soon', { kind: 'unknown' }],
    ['an empty string', '', { kind: 'unknown' }],
    ['a number below zero', -1, { kind: 'unknown' }],
    ['milliseconds', NOW * 1_000, { kind: 'unknown' }],
    ['infinity', Number.POSITIVE_INFINITY, { kind: 'unknown' }],
  ])('reads an expiry that is %s', (_name, expires_at, expiry) => {
    expect(read({ is_valid: true, app_id: 1, expires_at })?.expiry).toEqual(expiry);
  });

  it('keeps every digit of a long id, sent as number or string', () => {
    const text = '{"data":{"app_id":12345678901234567,"user_id":"76543210987654321","is_valid":true,"note":"id:99999999999999999,"}}';
    expect(readDebugAnswer(parseGraphJson(text), NOW)).toMatchObject({ appId: '12345678901234567', userId: '76543210987654321' });
  });

  it('falls back to profile_id', () => {
    expect(read({ app_id: 1, is_valid: true, profile_id: 77 })?.userId).toBe('77');
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'x'],
    ['a list', []],
    ['no data', { id: '1' }],
    ['a list as data', { data: [] }],
    ['empty data', { data: {} }],
    ['an outer error', { error: { code: 190 } }],
    ['an error without a verdict', { data: { error: { code: 190, message: 'x' } } }],
    ['a limit', { data: { is_valid: false, error: { code: 4, message: 'Application request limit reached' } } }],
    ['a failing server', { data: { is_valid: false, error: { code: 2, message: 'Service temporarily unavailable' } } }],
    ['another app', { data: { is_valid: false, scopes: [], error: { code: 100, message: '(#100) The App_id in the input_token did not match the Viewing App' } } }],
  ])('says nothing about the token on %s', (_name, body) => {
    expect(readDebugAnswer(body, NOW)).toBeNull();
  });

  it('never throws, and what it gives can be shown as a date', () => {
    fc.assert(
      fc.property(fc.object({ key: fc.constantFrom('data', 'is_valid', 'app_id', 'expires_at', 'error', 'code', 'message', 'scopes', 'granular_scopes', 'target_ids', 'scope', 'issued_at'), maxDepth: 4 }), (body) => {
        const snapshot = readDebugAnswer(body, NOW);
        if (snapshot === null) return true;
        const { expiry, issuedAt, valid, fault } = snapshot;
        return (expiry.kind !== 'at' || !Number.isNaN(new Date(expiry.at).getTime())) && (issuedAt === null || !Number.isNaN(new Date(issuedAt).getTime())) && valid === (fault === null);
      }),
      { numRuns: 2_000 },
    );
  });
});
