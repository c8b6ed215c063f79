import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StreamCutter } from '../../../src-main/gateway/graph/cutting.ts';
import { decodeString, editStrings, encodeString } from '../../../src-main/gateway/graph/json-strings.ts';
import { readMultipart } from '../../../src-main/gateway/graph/multipart-key.ts';
import { readFields } from '../../../src-main/gateway/graph/fields.ts';

const latin = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
const unlatin = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');

describe('the cutter of streams', () => {
  it('finds a value wherever the chunks are split, and changes nothing else', () => {
    const secrets = ['aabaa', 'abba'];
    const noise = fc.array(fc.constantFrom('a', 'b', 'aabaa', 'abba', 'x'), { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(noise, fc.array(fc.nat(12), { maxLength: 30 }), (text, sizes) => {
        const cutter = new StreamCutter(secrets);
        const out: Buffer[] = [];
        let from = 0;
        for (const size of [...sizes, text.length]) {
          out.push(cutter.push(Buffer.from(text.slice(from, from + size))));
          from += size;
        }
        out.push(cutter.end());
        const clean = Buffer.concat(out).toString();
        for (const secret of secrets) expect(clean).not.toContain(secret);
        if (!secrets.some((secret) => text.includes(secret))) expect(clean).toBe(text);
        else expect(cutter.found).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('hands on the very chunk where nothing in it matters', () => {
    const chunk = Buffer.from([0, 1, 255, 254]);
    expect(new StreamCutter(['secret']).push(chunk)).toBe(chunk);
  });
});

describe('the strings of JSON', () => {
  it('are written anew without a change of meaning, and nothing else is touched', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = latin(JSON.stringify(value, null, space));
        expect(editStrings(text, ({ raw }) => raw)).toBe(null);
        const marked = editStrings(text, ({ raw }) => `${raw}!`);
        const expected: unknown = JSON.parse(JSON.stringify(value), (_key, one: unknown) => (typeof one === 'string' ? `${one}!` : one));
        expect(JSON.parse(unlatin(marked ?? text))).toEqual(expected);
      }),
    );
  });

  it('round-trip through what they mean', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (value) => {
        const raw = encodeString(value);
        const meant: unknown = JSON.parse(`"${unlatin(raw)}"`);
        expect(meant).toBe(value);
        if (raw.includes('\\')) expect(decodeString(raw)).toBe(value);
      }),
    );
  });

  it('are known by where they stand', () => {
    const places: unknown[] = [];
    editStrings('{"a":"1","b":[{"c":"2"},"3"],"d":{"e":{"f":"4"},"g":"5"},"\\u0068":"6"}', ({ raw, key, parentKey, depth, way }) => {
      places.push([raw, key, parentKey, depth, way.join('/')]);
      return null;
    });
    expect(places).toEqual([
      ['1', 'a', null, 1, '/a'],
      ['2', 'c', 'b', 3, '/b/b/c'],
      ['3', 'b', null, 2, '/b/b'],
      ['4', 'f', 'e', 3, '/d/e/f'],
      ['5', 'g', 'd', 2, '/d/g'],
      ['6', 'h', null, 1, '/h'],
    ]);
  });
});

describe('forms', () => {
  it('a query without anything of ours comes through as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '&', '=', '%', '+', '2', '5', ';', 'é') }), (text) => {
        expect(readFields(text)).toEqual({ rest: text, keys: [], inputTokens: [], changed: false });
      }),
    );
  });

  it('a multipart body in which the boundary stands inside a line, or with a preamble, is read by its lines', () => {
    const body = Buffer.from('preamble --b\r\n--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nx--b y\r\n--b\r\ncontent-disposition: form-data; NAME=access_token\r\n\r\nkey\r\n--b--\r\n');
    const { kept, cut, keys } = readMultipart(body, 'b');
    const left = 'preamble --b\r\n--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nx--b y\r\n--b--\r\n';
    expect([Buffer.concat(kept).toString(), cut, keys]).toEqual([left, body.length - left.length, ['key']]);
  });
});
