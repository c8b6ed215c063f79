import { describe, expect, it } from 'vitest';
import type { RefusalRow } from '../../src-main/practice/refusals.ts';
import { codedRefusals } from '../../src-main/practice/coded-refusals.ts';
import { SHOP } from '../../src-main/practice/shop.ts';
import { at, onStage } from './stage.ts';

const plainCodes = [
  0, 1, 2, 3, 4, 17, 32, 341, 368, 613, 2635, 80007, 80008, 130429, 130497, 131000, 131005, 131016, 131026, 131030, 131031, 131042, 131047, 131048, 131049, 131050, 131051,
  131052, 131053, 131056, 131057, 131058, 132000, 132001, 132005, 132007, 132012, 132015, 132016, 133004, 133005, 133006, 133008, 133009, 133010, 133015,
] as const;

describe('the rows of the error tables', () => {
  it('has all the codes that say everything', () => {
    expect(Object.keys(codedRefusals).map(Number).toSorted((a, b) => a - b)).toEqual([...plainCodes]);
  });

  it.each(plainCodes)('%i comes over HTTP', async (code) => {
    const { meta, robot, get } = await onStage();
    meta.faults.add({ kind: 'refuse', row: code });
    const { status, body } = await get(`/${SHOP.phoneNumberId}`, { access_token: robot() });
    expect(status).toBe(codedRefusals[code].status);
    expect(at(body, 'error')).toMatchObject({ code, type: 'OAuthException', message: `(#${code}) ${codedRefusals[code].title}` });
    expect(String(at(body, 'error', 'fbtrace_id')).length).toBe(23);
  });

  it.each<[RefusalRow, number, number | undefined, string]>([
    ['expired', 190, 463, 'Session has expired on'],
    ['password_changed', 190, 460, 'changed their password'],
    ['app_removed', 190, 458, `not authorized application ${SHOP.appId}`],
    ['checkpoint', 190, 459, 'log in to www.facebook.com'],
    ['unconfirmed', 190, 464, 'not a confirmed user'],
    ['logged_out', 190, 467, 'logged out'],
    ['lost_role', 190, 492, 'role'],
    ['inactive_90_days', 190, 493, '90 days'],
    ['session_invalid', 102, undefined, 'Session key invalid'],
    ['cannot_parse', 190, undefined, 'Cannot parse access token'],
    ['not_decryptable', 190, undefined, 'could not be decrypted'],
    ['no_token_sent', 200, undefined, 'Provide valid app ID'],
    ['missing_permission', 10, undefined, 'does not have permission'],
    ['missing_scope', 200, undefined, 'Requires'],
    ['wrong_id', 100, 33, `Object with ID '${SHOP.phoneNumberId}' does not exist`],
    ['unknown_alias', 803, undefined, 'aliases'],
    ['other_app', 100, undefined, 'did not match the Viewing App'],
    ['debug_needs_app_token', 100, undefined, 'app access token'],
    ['unknown_app', 101, undefined, 'Error validating application'],
    ['wrong_client_secret', 1, undefined, 'Error validating client secret.'],
    ['proof_missing', 100, undefined, 'require an appsecret_proof argument'],
    ['proof_wrong', 100, undefined, 'Invalid appsecret_proof'],
    ['proof_refused', 104, undefined, 'appsecret_proof'],
  ])('%s → %i/%s', async (row, code, subcode, words) => {
    const { meta, robot, get } = await onStage();
    meta.faults.add({ kind: 'refuse', row });
    const { body } = await get(`/${SHOP.phoneNumberId}`, { access_token: robot({ expiresInMs: 1 }) });
    expect([at(body, 'error', 'code'), at(body, 'error', 'error_subcode')]).toEqual([code, subcode]);
    expect(at(body, 'error', 'message')).toContain(words);
  });
});
