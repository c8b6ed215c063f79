import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StreamCutter } from '../../../src-main/gateway/graph/stream-cutter.ts';
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
      }),
      { numRuns: 500 },
    );
  });

  it('cuts what is a token for certain, and fields and parameters of that name, wherever the chunks are split', () => {
    const long = `EAA${'G7x'.repeat(30)}`;
    const text = `<a> ${long},"${long}" /${long} x${long} EAAG-short EAAshort "access_token" : "abc" ?access_token=def&b \\u0045AA${long.slice(3)} \\n${long}\\\\u0041 {"t":"\\u0041\\u002D\\u0022"}`;
    // In a word of base64 it may stand by chance.
    const expected = `<a> [removed],"[removed]" /${long} x${long} EAAG-short EAAshort "access_token" : "[removed]" ?access_token=[removed]&b [removed] \\n[removed] {"t":"A-\\u0022"}`;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 }), (sizes) => {
        const cutter = new StreamCutter([]);
        let out = '';
        let from = 0;
        for (const size of [...sizes, text.length]) {
          out += cutter.push(Buffer.from(text.slice(from, from + size))).toString();
          from += size;
        }
        expect(out + cutter.end().toString()).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('holds back no word without an end', () => {
    const cutter = new StreamCutter(['the-secret']);
    let out = 0;
    for (let count = 0; count < 100; count += 1) out += cutter.push(Buffer.alloc(10_000, 'x')).length;
    expect(out).toBeGreaterThan(970_000);
    const rest = Buffer.concat([cutter.push(Buffer.from('the-se')), cutter.push(Buffer.from('cretx')), cutter.end()]).toString();
    expect([rest.endsWith('x[removed]x'), out + rest.length]).toEqual([true, 1_000_000 + '[removed]x'.length]);
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
        expect(readFields(text)).toEqual({ rest: text, keys: [], inputTokens: [], changed: false, objection: null });
      }),
    );
  });

  it('what Meta would take for a proof of ours or answer with a program is taken out', () => {
    expect(readFields('a=1&callback=cb&Call%62ack=x&appsecret_proof=y').rest).toBe('a=1');
  });

  it.each([
    ['batch=[]', 'no-batches'],
    ['a=1&B%61tch=x', 'no-batches'],
    ['batch[0][relative_url]=oauth', 'no-batches'],
    ['batch', 'no-batches'],
    ['ids=1,oauth/access_token', 'not-for-clients'],
    ['ids=%256fauth/revoke', 'not-for-clients'],
    ['id=oauth', 'not-for-clients'],
    ['ids=1,2&id=oauthor&batches=1&abatch=1&text=batch', null],
    ['a&'.repeat(1_000), 'too-many-fields'],
    ['a&'.repeat(999), null],
  ])('%s is objected to: %s', (text, objection) => {
    expect(readFields(text).objection).toBe(objection);
  });

  it('a broken escape hides none of the others', () => {
    expect(readFields('b%61d=%zz&%61ccess_token=%65vk%zz').keys).toEqual(['evk%zz']);
  });

  it('the name of a part is what its header says, not what stands in the name of its file', () => {
    const part = (disposition: string): unknown => readMultipart(Buffer.from(`--b\r\nContent-Disposition: form-data; ${disposition}\r\n\r\nvalue\r\n--b--\r\n`), 'b').keys;
    expect(part('filename="a; name=access_token"; name="file"')).toEqual([]);
    expect(part('filename="a\\"; name=access_token"; name="file"')).toEqual([]);
    expect(part('filename=x ;  name = access_token')).toEqual(['value']);
  });

  it('a multipart body in which the boundary stands inside a line, or with a preamble, is read by its lines', () => {
    const body = Buffer.from('preamble --b\r\n--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nx--b y\r\n--b\r\ncontent-disposition: form-data; NAME=access_token\r\n\r\nkey\r\n--b--\r\n');
    const { kept, cut, keys } = readMultipart(body, 'b');
    const left = 'preamble --b\r\n--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nx--b y\r\n--b--\r\n';
    expect([Buffer.concat(kept).toString(), cut, keys]).toEqual([left, body.length - left.length, ['key']]);
  });
});
