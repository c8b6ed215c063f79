import { describe, expect, it } from 'vitest';
import { systemEntropy } from '../../src-main/adapters/entropy.ts';

describe('entropy', () => {
  const entropy = systemEntropy();

  it('makes URL-safe ids of 128 bits that do not repeat', () => {
    const ids = Array.from({ length: 1_000 }, () => entropy.id());
    expect(new Set(ids).size).toBe(1_000);
    for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/);
  });

  it('is uniform in [0, 1), as far as ten thousand draws tell', () => {
    const draws = Array.from({ length: 10_000 }, () => entropy.random());
    expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const hits = draws.filter((draw) => Math.floor(draw * 10) === tenth).length;
      expect(hits).toBeGreaterThan(800);
      expect(hits).toBeLessThan(1_200);
    }
  });

  it('signs UTF-8 text to lower-case hex (RFC 4231, test case 2)', () => {
    expect(entropy.hmacSha256('Jefe', 'what do ya want for nothing?')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  it('digests UTF-8 text to lower-case hex', () => {
    expect(entropy.sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(entropy.sha256('é')).toBe('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c');
  });
});
