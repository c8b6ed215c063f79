import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fingerprintOf } from '../../../src-main/core/token/fingerprint.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('fingerprintOf', () => {
  it('shows the last four and eight digits of the hash', () => {
    expect(fingerprintOf('EAATestTestTestaB3d', () => '1f2e3d4c5b6a')).toBe('…aB3d-1f2e3d4c');
  });

  it('hides the end of a short token', () => {
    expect(fingerprintOf('EAATestabcd', () => '1f2e3d4c5b6a')).toBe('…-1f2e3d4c');
    expect(fingerprintOf('EAATestabcde', () => '1f2e3d4c5b6a')).toBe('…bcde-1f2e3d4c');
  });

  it('uses the SHA-256 of the token itself', () => {
    // The digest of "abc" in FIPS 180-2.
    expect(fingerprintOf('abc', sha256)).toBe('…-ba7816bf');
  });
});
