import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseGraphJson, readId, readNumber, readText } from '../../../src-main/core/graph/json.ts';

describe('parseGraphJson', () => {
  it('keeps long ids whole and leaves everything else alone', () => {
    expect(parseGraphJson('{"a":12345678901234567,"b":[98765432109876543],"c":"x 12345678901234567, y","d":123456789012345,"e":1234567890123456.5,"f":-12345678901234567}')).toEqual({
      a: '12345678901234567',
      b: ['98765432109876543'],
      c: 'x 12345678901234567, y',
      d: 123_456_789_012_345,
      e: 1_234_567_890_123_456.5,
      f: JSON.parse('-12345678901234567') as number,
    });
  });

  it.each(['', '{', '<html>', '{"a":1', 'undefined'])('answers undefined for %j', (text) => {
    expect(parseGraphJson(text)).toBeUndefined();
  });

  it('gives what JSON.parse gives where no number is long', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        if (/\d{16}/.test(text)) return true;
        return JSON.stringify(parseGraphJson(text)) === JSON.stringify(JSON.parse(text));
      }),
    );
  });

  it('leaves strings alone, whatever is escaped in them', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const value = { text: `${before}1234567890123456789${after}`, id: 1 };
        return JSON.stringify(parseGraphJson(JSON.stringify(value))) === JSON.stringify(value);
      }),
    );
  });

  it('is quick on a megabyte of escaped quotes', () => {
    const text = JSON.stringify({ a: '"'.repeat(300_000), id: '1234567890123456' });
    const before = performance.now();
    expect(parseGraphJson(text)).toMatchObject({ id: '1234567890123456' });
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});

describe('reading fields', () => {
  it('reads ids', () => {
    expect([readId('12'), readId(12), readId(' 12 '), readId(''), readId(0), readId(1.5), readId(null), readId({})]).toEqual(['12', '12', '12', null, null, null, null, null]);
  });

  it('reads numbers', () => {
    expect([readNumber(5), readNumber('5'), readNumber('-5'), readNumber('5.5'), readNumber(''), readNumber(Number.NaN), readNumber(true)]).toEqual([5, 5, -5, null, null, null, null]);
  });

  it('reads text', () => {
    expect([readText('a'), readText(''), readText(1)]).toEqual(['a', null, null]);
  });
});
