import { describe, expect, it } from 'vitest';
import { lostScopes, missingScopes, wabaCandidates } from '../../../src-main/core/token/scopes.ts';
import { snapshotOf } from '../../fakes/facts.ts';

const MESSAGING = 'whatsapp_business_messaging';
const MANAGEMENT = 'whatsapp_business_management';

describe('the permissions of a token', () => {
  it('names each wanted one that is missing', () => {
    expect(missingScopes(snapshotOf({ scopes: [MESSAGING] }))).toEqual([MANAGEMENT]);
    expect(missingScopes(snapshotOf({ scopes: [MANAGEMENT] }))).toEqual([MESSAGING]);
    expect(missingScopes(snapshotOf({ scopes: ['public_profile'] }))).toEqual([MESSAGING, MANAGEMENT]);
    expect(missingScopes(snapshotOf({ scopes: [MANAGEMENT, MESSAGING] }))).toEqual([]);
  });

  it('does not ask for business_management', () => {
    expect(missingScopes(snapshotOf({ scopes: [MESSAGING, MANAGEMENT] }))).not.toContain('business_management');
  });

  it('takes an empty list, or no answer yet, for no statement', () => {
    expect(missingScopes(snapshotOf({ scopes: [] }))).toEqual([]);
    expect(missingScopes(null)).toEqual([]);
  });

  it('tells which ones a successor lost, and not which it gained', () => {
    const before = snapshotOf({ scopes: [MESSAGING, MANAGEMENT, 'business_management'] });
    const after = snapshotOf({ scopes: [MESSAGING, 'public_profile'] });
    expect(lostScopes(before, after)).toEqual([MANAGEMENT, 'business_management']);
    expect(lostScopes(after, after)).toEqual([]);
  });
});

describe('the WhatsApp accounts that a token names', () => {
  it('are those of both WhatsApp permissions, each once, in the order of mention, and no other assets', () => {
    const snapshot = snapshotOf({
      granularScopes: [
        { scope: 'pages_messaging', targetIds: ['7001'] },
        { scope: MANAGEMENT, targetIds: ['3002', '3001'] },
        { scope: MESSAGING, targetIds: ['3001', '3003'] },
      ],
    });
    expect(wabaCandidates(snapshot)).toEqual(['3002', '3001', '3003']);
  });

  it('are none where Meta names none', () => {
    expect(wabaCandidates(snapshotOf({ granularScopes: [{ scope: MESSAGING, targetIds: [] }] }))).toEqual([]);
  });
});
