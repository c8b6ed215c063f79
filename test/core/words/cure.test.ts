import { describe, expect, it } from 'vitest';
import { cureOf } from '../../../src-main/core/words/cure.ts';

describe('the cure', () => {
  it.each([
    [['expired'], 'replace-token'],
    [['revoked', 'keychain-locked'], 'replace-token'],
    [['expiry-near', 'no-app-credentials'], 'give-app'],
    [['expiry-near', 'renewal-failing'], 'refresh'],
    [['expiry-near', 'cannot-extend'], 'replace-token'],
    [['keychain-locked'], 'unlock'],
    [['expiry-passed-unconfirmed', 'unreachable'], 'check'],
    [['healthy', 'number-not-checked'], 'choose-number'],
  ] as const)('for %s is %s: that of the first reason that has one', (reasons, cure) => {
    expect(cureOf(reasons)).toBe(cure);
  });

  it('is none where there is nothing to do, or nothing in Evertoken', () => {
    for (const reasons of [['healthy'], ['never-expires'], ['unreachable'], ['healthy', 'clock-wrong'], ['keychain-unavailable']] as const) expect(cureOf(reasons)).toBe(null);
  });
});
