import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyFault, ownFault, type Endpoint } from '../../../src-main/core/graph/classify.ts';
import type { Cause } from '../../../src-main/core/graph/fault.ts';

interface Case {
  readonly code: number | string;
  readonly sub?: number;
  readonly message?: string;
  readonly on?: Endpoint;
  readonly status?: number;
  readonly transient?: boolean;
  readonly cause: Cause;
}

function bodyOf({ code, sub, message = 'In words of another language', transient }: Case): string {
  return JSON.stringify({
    error: { message, type: 'OAuthException', code, ...(sub === undefined ? {} : { error_subcode: sub }), ...(transient === undefined ? {} : { is_transient: transient }), fbtrace_id: 'TestTrace' },
  });
}

function causeOf(test: Case): Cause {
  return classifyFault({ endpoint: test.on ?? 'asset', httpStatus: test.status ?? 400, body: bodyOf(test) }).cause;
}

const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const all = (codes: readonly number[], cause: Cause): readonly Case[] => codes.map((code) => ({ code, cause }));

/** Meta's tables, row by row. */
const ROWS: readonly Case[] = [
  ...all([0, 102, 190], 'unknown_auth'),
  { code: 190, sub: 463, cause: 'expired' },
  { code: 190, sub: 460, cause: 'password_changed' },
  { code: 190, sub: 458, cause: 'app_removed' },
  { code: 190, sub: 459, cause: 'checkpoint' },
  { code: 190, sub: 464, cause: 'unconfirmed' },
  { code: 190, sub: 467, cause: 'logged_out' },
  { code: 190, sub: 492, cause: 'logged_out' },
  { code: 190, sub: 493, cause: 'inactive_90_days' },
  { code: 102, sub: 463, cause: 'expired' },
  { code: 190, sub: 999, cause: 'unknown_auth' },
  { code: 190, message: 'Invalid OAuth access token - Cannot parse access token', cause: 'malformed_token' },
  { code: 190, message: 'Malformed access token EAATest', cause: 'malformed_token' },
  { code: 190, message: 'The access token could not be decrypted', cause: 'malformed_token' },
  { code: 200, message: '(#200) Provide valid app ID', cause: 'no_token_sent' },
  { code: 2500, message: 'An active access token must be used to query information about the current user.', cause: 'no_token_sent' },
  ...all([3, 10, 131005, ...range(200, 299)], 'missing_permission'),
  { code: 100, sub: 33, cause: 'wrong_id_or_no_asset' },
  { code: 803, cause: 'wrong_id_or_no_asset' },
  { code: 100, message: '(#100) Tried accessing nonexisting field (display_phone_number) on node type (WhatsAppBusinessAccount)', cause: 'wrong_id_or_no_asset' },
  { code: 100, message: '(#100) The App_id in the input_token did not match the Viewing App', on: 'debug', cause: 'wrong_app' },
  { code: 101, message: 'Error validating application. Invalid application ID.', on: 'debug', cause: 'wrong_app_credentials' },
  { code: 101, cause: 'wrong_app_credentials' },
  { code: 190, message: 'Error validating application. Cannot get application info due to a system error.', on: 'debug', cause: 'wrong_app_credentials' },
  { code: 1, message: 'Error validating client secret.', on: 'oauth', cause: 'wrong_app_credentials' },
  { code: 1, on: 'oauth', cause: 'wrong_app_credentials' },
  { code: 1, sub: 33, message: 'Error validating client secret', on: 'oauth', cause: 'wrong_app_credentials' },
  { code: 100, sub: 104, cause: 'app_secret_proof' },
  { code: 100, message: 'API calls from the server require an appsecret_proof argument', cause: 'app_secret_proof' },
  { code: 100, message: 'Invalid appsecret_proof provided in the API argument', cause: 'app_secret_proof' },
  ...all([4, 17, 32, 341, 613, 80007, 80008, 130429, 131056], 'throttled'),
  ...all([1, 2, 131000, 131016, 131057, 133004], 'transient'),
  { code: 190, transient: true, cause: 'transient' },
  { code: 10, transient: true, cause: 'transient' },
  { code: 4, transient: true, cause: 'throttled' },
  ...all([368, 130497, 131031, 131048], 'account_policy'),
  ...all([131042], 'billing'),
  ...all([...range(133005, 133010), 133015], 'registration'),
  ...all([131026, 131030, 131047, ...range(131049, 131053), ...range(132000, 132016), 131058], 'recipient_or_message'),
  ...all([2635], 'graph_version'),
  ...all([100, 999, -1], 'unknown'),
  { code: 999, status: 401, cause: 'unknown_auth' },
];

/** 190 without a number that helps: Meta's English words. */
const WORDS: readonly (readonly [message: string, cause: Cause])[] = [
  ['Error validating access token: Session has expired on Tuesday, 22-Jul-25 05:00:00 PDT. The current time is Tuesday, 22-Jul-25 06:00:00 PDT.', 'expired'],
  ['Error validating access token: Session has expired at unix time 1337900400. The current unix time is 1339436022.', 'expired'],
  ['Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.', 'password_changed'],
  ['Error validating access token: The session is invalid because the user logged out.', 'logged_out'],
  ['Error validating access token: The user has not authorized application 123456.', 'app_removed'],
  ['Error validating access token: You cannot access the app till you log in to www.facebook.com and follow the instructions given.', 'checkpoint'],
  ['Error validating access token: Sessions for the user are not allowed because the user is not a confirmed user.', 'unconfirmed'],
  ['Error validating access token: The user has not used the app in 90 days.', 'inactive_90_days'],
  ['The user must be an administrator, editor, or moderator of the page in order to impersonate it.', 'missing_permission'],
  ['Invalid OAuth 2.0 Access Token', 'unknown_auth'],
];

describe('classifyFault', () => {
  it.each(ROWS)('$code/$sub on $on ($message) is $cause', (row) => {
    expect(causeOf(row)).toBe(row.cause);
    expect(causeOf({ ...row, code: String(row.code) })).toBe(row.cause);
  });

  it.each(WORDS)('reads "%s"', (message, cause) => {
    expect(causeOf({ code: 190, message, cause })).toBe(cause);
    expect(causeOf({ code: 190, message, cause, status: 401 })).toBe(cause);
  });

  it('lets exact words win over the vague subcodes, and exact subcodes over words', () => {
    expect(causeOf({ code: 190, sub: 467, message: 'Invalid OAuth access token - Session has expired', cause: 'expired' })).toBe('expired');
    expect(causeOf({ code: 190, sub: 460, message: 'Session has expired', cause: 'password_changed' })).toBe('password_changed');
  });

  it('takes a bare 190 for the app where the app signed, and for the token where the token did', () => {
    expect(causeOf({ code: 190, on: 'debug', cause: 'unknown' })).toBe('wrong_app_credentials');
    expect(causeOf({ code: 190, message: 'Invalid OAuth access token signature.', on: 'debug', cause: 'unknown' })).toBe('wrong_app_credentials');
    expect(causeOf({ code: 190, on: 'debug-self', cause: 'unknown' })).toBe('unknown_auth');
    expect(causeOf({ code: 190, on: 'oauth', cause: 'unknown' })).toBe('unknown_auth');
    expect(causeOf({ code: 190, sub: 463, on: 'oauth', cause: 'unknown' })).toBe('expired');
  });

  it('retries code 1 on the exchange where Meta itself says so', () => {
    expect(causeOf({ code: 1, message: 'An unknown error has occurred.', on: 'oauth', cause: 'unknown' })).toBe('transient');
    expect(causeOf({ code: 1, on: 'oauth', status: 500, cause: 'unknown' })).toBe('transient');
  });

  it.each(['Tokens of this system user must set set_token_expires_in_60_days', 'Never expiring tokens are not allowed for this business', 'Only 60-day tokens are available', 'A permanent access token is not supported here'])(
    'sees the refusal of a permanent token: %s',
    (message) => {
      expect(causeOf({ code: 100, message, on: 'oauth', cause: 'unknown' })).toBe('sixty_days_only');
      expect(causeOf({ code: 100, message, on: 'asset', cause: 'unknown' })).toBe('unknown');
    },
  );

  it('does not take the refusal of the 60-day flag for a demand of it', () => {
    expect(causeOf({ code: 100, message: '(#100) set_token_expires_in_60_days can only be used with a system user access token', on: 'oauth', cause: 'unknown' })).toBe('unknown');
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n'],
    ['a page', '<html><body>Bad Gateway</body></html>'],
    ['half a body', '{"error":{"message":"Session has expired","code":190,"error_sub'],
    ['a list', '[{"error":{"code":190}}]'],
    ['a string', '"error"'],
    ['another shape', '{"error":"invalid_token","error_description":"expired"}'],
    ['a megabyte', `{"error":{"code":190,"message":"${'x'.repeat(1_100_000)}"}}`],
  ])('takes %s for silence, whatever the status', (_name, body) => {
    for (const status of [200, 400, 401, 403, 404, 500, 502, 503]) {
      const fault = classifyFault({ endpoint: 'asset', httpStatus: status, body });
      expect(fault).toMatchObject({ cause: 'transient', code: null, subcode: null, httpStatus: status });
    }
    expect(classifyFault({ endpoint: 'asset', httpStatus: 429, body }).cause).toBe('throttled');
  });

  it('does not believe a failing server about token, app or access', () => {
    for (const status of [500, 502, 503]) {
      expect(causeOf({ code: 190, sub: 463, status, cause: 'unknown' })).toBe('transient');
      expect(causeOf({ code: 101, status, cause: 'unknown' })).toBe('transient');
      expect(causeOf({ code: 100, sub: 33, status, cause: 'unknown' })).toBe('transient');
      expect(causeOf({ code: 999, status, cause: 'unknown' })).toBe('transient');
      expect(causeOf({ code: 80007, status, cause: 'unknown' })).toBe('throttled');
      expect(causeOf({ code: 131031, status, cause: 'unknown' })).toBe('account_policy');
    }
    expect(causeOf({ code: 3, status: 500, cause: 'unknown' })).toBe('missing_permission');
  });

  it('calls no answer at all the network', () => {
    expect(classifyFault({ endpoint: 'debug', httpStatus: null, body: 'Meta’s server did not answer in time.' })).toEqual({
      cause: 'network',
      code: null,
      subcode: null,
      httpStatus: null,
      message: 'Meta’s server did not answer in time.',
    });
  });

  it('keeps Meta’s words without the token, cut to 500 characters', () => {
    const fault = classifyFault({ endpoint: 'asset', httpStatus: 400, body: bodyOf({ code: '190', sub: 463, message: `Malformed access token EAATestTestTest ${'x'.repeat(600)}`, cause: 'expired' }) });
    expect(fault).toMatchObject({ code: 190, subcode: 463, httpStatus: 400 });
    expect(fault.message.slice(0, 30)).toBe('Malformed access token [***] x');
    expect(fault.message).toHaveLength(500);
  });

  it('adds the details that Meta gives, each text once', () => {
    const body = JSON.stringify({ error: { message: 'A', code: 131000, error_data: { details: 'B' }, error_user_title: 'A', error_user_msg: 'C' } });
    expect(classifyFault({ endpoint: 'other', httpStatus: 400, body }).message).toBe('A · B · C');
  });

  it('takes the code from the words where the field is missing, and only there', () => {
    const of = (error: unknown): unknown => classifyFault({ endpoint: 'asset', httpStatus: 400, body: JSON.stringify({ error }) });
    expect(of({ message: '(#80007) rate limit hit' })).toMatchObject({ code: 80007, cause: 'throttled' });
    expect(of({ code: 131047, message: '(#3) Re-engagement message' })).toMatchObject({ code: 131047, cause: 'recipient_or_message' });
    expect(of({ message: 'see (#3)' })).toMatchObject({ code: null, cause: 'unknown' });
  });

  it('finds the error inside a debug answer, under its own name of the subcode', () => {
    const body = JSON.stringify({ data: { error: { code: '190', message: 'x', subcode: '463' } } });
    expect(classifyFault({ endpoint: 'verdict', httpStatus: 200, body })).toMatchObject({ cause: 'expired', code: 190, subcode: 463 });
  });

  it('never throws and never keeps a token, whatever comes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.string().map((text) => `{"error":{"code":190,"message":${JSON.stringify(`${text} EAATestTestTest`)}}}`)), fc.constantFrom<Endpoint>('oauth', 'debug', 'debug-self', 'verdict', 'asset', 'other'), fc.integer({ min: 100, max: 599 }), (body, endpoint, httpStatus) => {
        const fault = classifyFault({ endpoint, httpStatus, body });
        return !fault.message.includes('EAATest') && fault.message.length <= 500;
      }),
    );
  });
});

describe('ownFault', () => {
  it('is a fault without an answer of Meta', () => {
    expect(ownFault('wrong_id_or_no_asset', 'The id must be a number.')).toEqual({ cause: 'wrong_id_or_no_asset', code: null, subcode: null, httpStatus: null, message: 'The id must be a number.' });
  });
});
