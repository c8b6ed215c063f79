import { parse } from 'dotenv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canStandInEnv, readEnvValues, setEnvValue } from '../../../src-main/core/delivery/env-text.ts';

const KEY = 'WHATSAPP_ACCESS_TOKEN';
const TOKEN = 'EAAGnewToken0123456789abcdef';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const token = fc.stringMatching(/^[A-Za-z0-9_|.-]{1,200}$/);
/** What files are made of, the odd as often as the usual. Blanks beyond ASCII are left out: dotenv takes them off, and they are no blanks to others. */
const scrap = fc.constantFrom(KEY, 'OTHER', 'export ', '=', ' = ', ': ', '"', "'", '`', '\\', '#', ' # ', '\n', '\n', '\r\n', '\r', ' ', '\t', 'EAAold', 'a b', "it's", `${KEY}=`, `\n${KEY}=EAAold\n`, `\n${KEY}="EAAold"`, '\nNOTE="', '\n', '\u00e9', '\u00c3\u00a4', '$X', '{}');
/** dotenv looks past the end of a line for the sign, for a quote, and for a value after a colon; nobody writes such files, and no other reader does. */
const PAST_THE_LINE = /[\w.-][\t\v\f ]*[\r\n]\s*=|[=:][\t\v\f ]*[\r\n]\s*['"`]|:[\r\n]/;
const text = fc
  .array(scrap, { maxLength: 30 })
  .map((scraps) => scraps.join(''))
  .filter((some) => !PAST_THE_LINE.test(some));

describe('setting a value in any text at all', () => {
  it('makes dotenv read it, and every other variable as before, or refuses', () => {
    let done = 0;
    fc.assert(
      fc.property(text, token, (before, value) => {
        const edit = setEnvValue(before, KEY, value);
        if (!edit.ok) {
          expect(edit.code).toBe('unclosed-quote');
          return;
        }
        done += 1;
        const was = parse(bytes(before));
        const is = parse(bytes(edit.text));
        expect(is).toEqual({ ...was, [KEY]: value });
      }),
      { numRuns: 5_000 },
    );
    expect(done).toBeGreaterThan(4_000);
  });

  it('is done once: again it changes nothing, and another value leads to where that alone leads', () => {
    fc.assert(
      fc.property(text, token, token, (before, one, other) => {
        const first = setEnvValue(before, KEY, one);
        if (!first.ok) return;
        expect(setEnvValue(first.text, KEY, one)).toEqual({ ok: true, text: first.text, changed: false });
        const second = setEnvValue(first.text, KEY, other);
        const direct = setEnvValue(before, KEY, other);
        if (second.ok && direct.ok) expect(second.text).toBe(direct.text);
      }),
      { numRuns: 3_000 },
    );
  });

  it('leaves every byte outside of the values', () => {
    const line = fc.constantFrom('PORT=3000', '# note', '', `#${KEY}=EAAold`, 'A="x y" # z', "B='q'", `${KEY}_2=EAAold`, 'NOTE="two\nlines"', '\u00ff\u00a0\u0085');
    const place = fc.tuple(fc.constantFrom('', 'export ', '  '), fc.constantFrom('=', ' = ', '=  '), fc.constantFrom('', '"', "'", '`'), fc.constantFrom('', '  ', ' # kept', '\t#x'));
    fc.assert(
      fc.property(fc.array(fc.oneof(line, place), { minLength: 1, maxLength: 12 }), fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), token, (lines, end, isEnded, value) => {
        const places = lines.filter((one) => typeof one !== 'string').length;
        fc.pre(places > 0);
        const written = (inner: string): string => lines.map((one) => (typeof one === 'string' ? one : `${one[0]}${KEY}${one[1]}${one[2]}${inner}${one[2]}${one[3]}`)).join(end) + (isEnded ? end : '');
        expect(readEnvValues(written('EAAold'), KEY)).toEqual(Array.from({ length: places }, () => 'EAAold'));
        expect(setEnvValue(written('EAAold'), KEY, value)).toMatchObject({ ok: true, text: written(value) });
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('what is read is what dotenv reads', () => {
  it('for a value that is assigned once, in any text', () => {
    fc.assert(
      fc.property(text, (some) => {
        const values = readEnvValues(some, KEY);
        fc.pre(values.length > 0);
        const last = values.at(-1) ?? '';
        // Line ends and escapes in quotes are dotenv's own affair, and so are quotes that are half a value.
        fc.pre(!/[\r\n\\'"`]/.test(last));
        expect(Buffer.from(last, 'latin1').toString('utf8')).toBe(parse(bytes(some))[KEY]);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('what cannot be set', () => {
  it.each(['', ' ', 'a b', 'a#b', 'a"b', "a'b", 'a`b', 'a\\b', 'a\nb', 'a\rb', '$HOME', 'a;b', 'é', 'a\0b'])('%j is refused as a value', (value) => {
    expect(canStandInEnv(value)).toBe(false);
    expect(setEnvValue(`${KEY}=""\n`, KEY, value)).toEqual({ ok: false, code: 'bad-value' });
  });

  it.each(['', '1A', 'A-B', 'A B', 'A=', 'É', 'A\nB'])('%j is refused as a name', (name) => {
    expect(setEnvValue('', name, TOKEN)).toEqual({ ok: false, code: 'bad-name' });
  });

  it('a value whose quote keeps another one from closing', () => {
    expect(setEnvValue(`A='x\n${KEY}=it's\nB=y'\n`, KEY, TOKEN)).toEqual({ ok: false, code: 'unclosed-quote' });
  });

  it('a large file takes no longer than a moment, whatever its quotes', () => {
    for (const line of ['A="x\n', "A='\\'x\n", 'A=`\n', `${KEY}=EAAold\n`, '#\n', ' ', '=\r', 'A: "']) {
      const started = performance.now();
      setEnvValue(line.repeat(Math.floor(1_000_000 / line.length)), KEY, TOKEN);
      expect(performance.now() - started, JSON.stringify(line)).toBeLessThan(5_000);
    }
  });
});
