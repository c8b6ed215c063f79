import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanPaste } from '../../../src-main/core/token/paste.ts';
import { PASTE_WORDS } from '../../../src-main/core/token/paste-words.ts';
import { ACCEPTED, HEX, OPAQUE, REFUSED, TOKEN } from '../../fakes/pasted-texts.ts';

const VENDOR_WORDS: unknown = expect.stringMatching(/^This looks like an? .+ key, not a WhatsApp token\./);

describe('cleanPaste', () => {
  it.each(ACCEPTED.map(([name, text, token]) => ({ name, text, token: token ?? (text.includes('EAATest') ? TOKEN : text) })))('takes the token out of $name', ({ text, token }) => {
    expect(cleanPaste(text)).toMatchObject({ ok: true, token });
  });

  it.each(REFUSED.map(([text, code], index) => ({ text, code, index, shown: text.slice(0, 40) })))('refuses $code: no. $index, $shown', ({ text, code }) => {
    const message: unknown = code === 'other-vendor' ? VENDOR_WORDS : PASTE_WORDS[code];
    expect(cleanPaste(text)).toEqual({ ok: false, code, message });
  });

  it('has a sentence of its own for every refusal, and every refusal is tried above', () => {
    const sentences = Object.values(PASTE_WORDS);
    expect(new Set(sentences).size).toBe(sentences.length);
    const tried = new Set<string>(REFUSED.map(([, code]) => code));
    expect([...Object.keys(PASTE_WORDS), 'other-vendor'].filter((code) => !tried.has(code))).toEqual([]);
  });

  it('names the vendor and says that nothing was sent', () => {
    expect(cleanPaste('sk-ant-api03-TestTestTestTestTest')).toEqual({
      ok: false,
      code: 'other-vendor',
      message: 'This looks like an Anthropic key, not a WhatsApp token. It was not sent anywhere. Paste the access token from Meta.',
    });
  });

  it('says what it did', () => {
    expect(cleanPaste(`"Bearer ${TOKEN}",`)).toEqual({
      ok: true,
      token: TOKEN,
      notes: ['Quotation marks were removed.', 'A comma or semicolon at the end was removed.', 'The word before the token was removed.'],
    });
    expect(cleanPaste(TOKEN)).toEqual({ ok: true, token: TOKEN, notes: [] });
    expect(cleanPaste(TOKEN.slice(2))).toEqual({
      ok: true,
      token: TOKEN.slice(2),
      notes: ['WhatsApp tokens usually begin with EAA; if Meta refuses this one, its beginning may be missing.'],
    });
  });

  it('never repeats the pasted text in a refusal', () => {
    const repeated = REFUSED.map(([text]) => ({ text: text.trim(), cleaned: cleanPaste(text) })).filter(({ text, cleaned }) => text.length > 8 && JSON.stringify(cleaned).includes(text));
    expect(repeated).toEqual([]);
  });
});

const SCRAPS = ['"', "'", '`', '“', ' ', '\n', '\u200B', '\uFEFF', 'Bearer ', 'access_token=', 'EAA', TOKEN, OPAQUE, '{', '}', ':', '=', ',', ';', '…', 'token ', HEX, 'https://x.test/?', '|', '<', '>', '\\', '\u0007', '😀', 'sk-ant-'];

describe('cleanPaste on anything', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.string({ maxLength: 300 }),
    fc.array(fc.oneof(fc.constantFrom(...SCRAPS), fc.string({ maxLength: 8 })), { maxLength: 12 }).map((parts) => parts.join('')),
  );

  it('never throws, gives only printable ASCII without blanks, and changes nothing the second time', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const cleaned = cleanPaste(text);
        if (!cleaned.ok) return cleaned.message.length > 0;
        const again = cleanPaste(cleaned.token);
        return /^[\x21-\x7e]{16,2000}$/.test(cleaned.token) && again.ok && again.token === cleaned.token;
      }),
      { numRuns: 3_000 },
    );
  });

  it.each([
    ['quotes', '"'],
    ['escaped quotes', '\\"'],
    ['quotes and letters', '"a'],
    ['commas', ','],
    ['blanks and letters', 'a '],
    ['open braces', '{'],
    ['access_token=', 'access_token='],
    ['bearer', 'bearer '],
    ['names', 'A_TOKEN='],
    ['stems', 'EAA'],
    ['stars', 'EAA*'],
    ['placeholders', 'your_'],
    ['lines', 'A=b\n'],
    ['tags', '<a '],
  ])('is quick on 64 kB of %s', (_name, unit) => {
    const text = unit.repeat(Math.floor(65_000 / unit.length));
    const before = performance.now();
    cleanPaste(text);
    cleanPaste(`x${text}x`);
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});
