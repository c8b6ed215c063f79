import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanPaste, type PasteRefusal } from '../../../src-main/core/token/paste.ts';
import { PASTE_WORDS } from '../../../src-main/core/token/paste-words.ts';

const TOKEN = `EAATest${'aB3dE5fG7hJ9'.repeat(12)}ZDZD`;
const OTHER = `EAATest${'kL2mN4pQ6rS8'.repeat(12)}ZDZD`;
const HEX = '0123456789abcdef0123456789abcdef';
const OPAQUE = 'qW3rT5yU7iO9pA1sD3fG5hJ7kL9zX1cV3bN5mQ7w';
const wrap = (text: string, width: number, by = '\n'): string => (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(by);

/** Texts that hold a token; each must give exactly `token`. */
const ACCEPTED: readonly (readonly [name: string, text: string, token?: string])[] = [
  ['the token itself', TOKEN],
  ['blanks round it', `  \t${TOKEN} \n`],
  ['Windows line end', `${TOKEN}\r\n`],
  ['double quotes', `"${TOKEN}"`],
  ['single quotes', `'${TOKEN}'`],
  ['backticks', `\`${TOKEN}\``],
  ['a fenced block', `\`\`\`\n${TOKEN}\n\`\`\``],
  ['a fenced block with a language', `\`\`\`text\n${TOKEN}\n\`\`\``],
  ['curly quotes', `“${TOKEN}”`],
  ['German quotes', `„${TOKEN}“`],
  ['guillemets', `«${TOKEN}»`],
  ['one quote only', `"${TOKEN}`],
  ['escaped quotes', `\\"${TOKEN}\\"`],
  ['two kinds of quotes', `"'${TOKEN}'"`],
  ['Bearer', `Bearer ${TOKEN}`],
  ['bearer in small letters', `bearer  ${TOKEN}`],
  ['Authorization header', `Authorization: Bearer ${TOKEN}`],
  ['quoted header', `"Authorization": "Bearer ${TOKEN}",`],
  ['curl header option', `-H "Authorization: Bearer ${TOKEN}"`],
  ['access_token=', `access_token=${TOKEN}`],
  ['access_token: ', `access_token: ${TOKEN}`],
  ['Access token:', `Access token: ${TOKEN}`],
  ['my token is', `My token is ${TOKEN}`],
  ['an environment line', `WHATSAPP_ACCESS_TOKEN=${TOKEN}`],
  ['an environment line with quotes', `WHATSAPP_ACCESS_TOKEN="${TOKEN}"`],
  ['export', `export META_TOKEN='${TOKEN}'`],
  ['set', `set WA_TOKEN=${TOKEN}`],
  ['PowerShell', `$env:WA_TOKEN = "${TOKEN}"`],
  ['JavaScript', `const token = "${TOKEN}";`],
  ['a Python name', `ACCESS_TOKEN = '${TOKEN}'`],
  ['a PHP array entry', `'access_token' => '${TOKEN}',`],
  ['zero-width characters', `\u200B${TOKEN.slice(0, 40)}\u200D${TOKEN.slice(40)}\uFEFF`],
  ['a byte order mark', `\uFEFF${TOKEN}`],
  ['a soft hyphen', `${TOKEN.slice(0, 9)}\u00AD${TOKEN.slice(9)}`],
  ['no-break spaces', `\u00A0${TOKEN}\u3000`],
  ['wrapped lines', wrap(TOKEN, 64)],
  ['wrapped lines with indentation', wrap(TOKEN, 60, '\r\n    ')],
  ['wrapped with blanks', wrap(TOKEN, 50, ' ')],
  ['wrapped inside quotes', `"${wrap(TOKEN, 76)}"`],
  ['Meta’s answer', JSON.stringify({ access_token: TOKEN, token_type: 'bearer', expires_in: 5_183_944 })],
  ['JSON with "token"', JSON.stringify({ token: TOKEN })],
  ['nested JSON', JSON.stringify({ config: [{ whatsapp: { accessToken: TOKEN, verify_token: 'abc' } }] }, null, 2)],
  ['JSON that is cut off', `{"access_token":"${TOKEN}","token_type":"bea`],
  ['a web address', `https://graph.facebook.com/v26.0/me?access_token=${TOKEN}&fields=id`],
  ['a web address with a fragment', `https://example.com/cb#access_token=${TOKEN}&expires_in=1`],
  ['a comma at the end', `${TOKEN},`],
  ['a semicolon at the end', `${TOKEN};`],
  ['a full stop at the end', `${TOKEN}.`],
  ['angle brackets', `<${TOKEN}>`],
  ['the same token twice in lines', `${TOKEN}\n${TOKEN}`],
  ['the same token twice, glued', TOKEN + TOKEN],
  ['the same token four times, glued', TOKEN.repeat(4)],
  ['a settings file', `# bot\nWHATSAPP_ACCESS_TOKEN=${TOKEN}\nFACEBOOK_APP_ID=123456789012345\nFACEBOOK_APP_SECRET=${HEX}\nOPENAI_API_KEY=sk-proj-abcdefghijklmnop`],
  ['token and app id in two lines', `${TOKEN}\n123456789012345`],
  ['token and app secret in two lines', `${TOKEN}\n${HEX}`],
  ['a sentence round it', `Hi, here is the new one: ${TOKEN} thanks!`],
  ['a word after it', `${TOKEN} thanks`],
  ['a curl command', `curl -i -X POST https://graph.facebook.com/v26.0/1/messages -H 'Authorization: Bearer ${TOKEN}' -d '{"to":"1"}'`],
  ['a piece of a web page', `<code class="t">${TOKEN}</code>`],
  ['an opaque string', OPAQUE],
  ['an opaque string with signs', 'v2.opaque_token-with~signs/and+more=='],
  ['an opaque string with colons', 'user1:3f5h7j9kq2w4e6r8t0y1u3i5'],
  ['opaque, wrapped evenly', wrap(OPAQUE, 18), OPAQUE],
  ['the stem cut off at the front', TOKEN.slice(2), TOKEN.slice(2)],
  ['a token escaped for a web address', `https://example.com/?access_token=v2.opaque%2Dtoken%2Dwith%2Dsigns`, 'v2.opaque-token-with-signs'],
  ['a web address with a broken escape', `https://example.com/?access_token=opaque-token-%ZZ-with-signs`, 'opaque-token-%ZZ-with-signs'],
  ['the same opaque string twice', `${OPAQUE} ${OPAQUE}`, OPAQUE],
];

/** Texts without a usable token; each must give exactly this code. */
const REFUSED: readonly (readonly [text: string, code: PasteRefusal])[] = [
  ['', 'empty'],
  [' \n\t ', 'empty'],
  ['\u200B\uFEFF', 'empty'],
  [' '.repeat(1_000_000), 'empty'],
  ['""', 'only-quotes'],
  [" '' ", 'only-quotes'],
  ['“ ”', 'only-quotes'],
  [`${TOKEN}\n${OTHER}`, 'two-tokens'],
  [`${TOKEN}, ${OTHER}`, 'two-tokens'],
  [`${TOKEN};${OTHER}`, 'two-tokens'],
  [`old: ${TOKEN} new: ${OTHER}`, 'two-tokens'],
  [JSON.stringify({ access_token: TOKEN, whatsapp_token: OTHER }), 'two-tokens'],
  [`A_TOKEN=${TOKEN}\nWHATSAPP_TOKEN=${TOKEN}\nMETA_ACCESS_TOKEN=${OTHER}`, 'two-tokens'],
  [`${OPAQUE} zX9${OPAQUE}`, 'two-tokens'],
  [`Bearer ${TOKEN} and then Bearer ${OTHER}`, 'two-tokens'],
  ['YOUR_TOKEN_HERE', 'placeholder'],
  ['your-access-token', 'placeholder'],
  ['paste your token here', 'placeholder'],
  ['<ACCESS_TOKEN>', 'placeholder'],
  ['<your token>', 'placeholder'],
  ['xxxxxxxxxxxx', 'placeholder'],
  ['EAAxxxxxxxxxxxx', 'placeholder'],
  ['WHATSAPP_ACCESS_TOKEN=your_token_here', 'placeholder'],
  ['${WHATSAPP_TOKEN}', 'placeholder'],
  ['{{access_token}}', 'placeholder'],
  ['process.env.WHATSAPP_TOKEN', 'placeholder'],
  ['token', 'placeholder'],
  ['undefined', 'placeholder'],
  ['123456789012345', 'number'],
  ['FACEBOOK_APP_ID=123456789012345', 'number'],
  ['+15550001111', 'phone-number'],
  ['+1 555 000 1111', 'phone-number'],
  ['(555) 000-1111', 'phone-number'],
  [HEX, 'app-secret'],
  [`FACEBOOK_APP_SECRET=${HEX}`, 'app-secret'],
  [HEX.toUpperCase(), 'app-secret'],
  [`123456789012345|${HEX}`, 'app-token'],
  ['123456789012345|abcDEF_ghi-JKL012mno345pqr', 'app-token'],
  [`https://graph.facebook.com/app?access_token=123456789012345%7C${HEX}`, 'app-token'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'jwt'],
  ['Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', 'jwt'],
  ['https://developers.facebook.com/apps', 'link'],
  ['www.facebook.com/business', 'link'],
  ['https://example.com/?page=2', 'link'],
  ['owner@example.com', 'email'],
  ['I do not have a token yet', 'prose'],
  ['hello world', 'prose'],
  ['my token is broken', 'prose'],
  ['мой токен не работает', 'prose'],
  ['the token from yesterday, as discussed with Ana', 'prose'],
  ['{"id":"1","name":"Shop"}', 'json-without-token'],
  ['[]', 'json-without-token'],
  ['{"data":{"app_id":"1","is_valid":true}}', 'json-without-token'],
  ['FACEBOOK_APP_ID=123456789012345\nFACEBOOK_APP_SECRET=0123', 'env-without-token'],
  ['PORT=3000\nVERIFY_TOKEN=hello\nDEBUG=true', 'env-without-token'],
  ['Error validating access token: Session has expired on Tuesday, 22-Jul-25 05:00:00 PDT.', 'error-message'],
  ['{"error":{"message":"Invalid OAuth access token","type":"OAuthException","code":190}}', 'error-message'],
  [`Malformed access token ${TOKEN}`, 'error-message'],
  ['(#100) The App_id in the input_token did not match the Viewing App', 'error-message'],
  [`${TOKEN.slice(0, 30)}…`, 'cut-off'],
  [`${TOKEN.slice(0, 30)}...`, 'cut-off'],
  [`${TOKEN.slice(0, 20)}...${TOKEN.slice(-8)}`, 'cut-off'],
  [`"${TOKEN.slice(0, 30)}..."`, 'cut-off'],
  ['it shows EAATestTest... to me', 'cut-off'],
  ['EAATest********************', 'masked'],
  ['token: EAATest ******** 1234', 'masked'],
  ['••••••••••••••••••••', 'masked'],
  [`${TOKEN.slice(0, 20)}😀${TOKEN.slice(20)}`, 'strange-characters'],
  [`${TOKEN}é`, 'strange-characters'],
  ['\u0415\u0410\u0410TestaB3dE5fG7hJ9aB3dE5fG7hJ9', 'strange-characters'],
  ['😀😀😀', 'strange-characters'],
  ['😀 👍 🎉', 'strange-characters'],
  [`${TOKEN.slice(0, 50)}"${TOKEN.slice(50)}`, 'strange-characters'],
  [`${TOKEN}\u0000`, 'control-characters'],
  [`\u001B[32m${TOKEN}\u001B[0m`, 'control-characters'],
  ['EAA', 'too-short'],
  ['EAATest12', 'too-short'],
  ['hello', 'too-short'],
  ['1234', 'too-short'],
  ['x9'.repeat(500_000), 'too-long'],
  [`EAA${'aB3'.repeat(800)}`, 'too-long'],
  ['<!DOCTYPE html><html><body>Login</body></html>', 'html'],
  ['<div class="token"></div>', 'html'],
  ['-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\n-----END PRIVATE KEY-----', 'pem'],
  ['RUFBVGVzdGFCM2RFNWZHN2hKOQ==', 'encoded'],
  ['data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA', 'encoded'],
  ['C:\\Users\\ana\\token.txt', 'file-path'],
  ['/home/ana/bot/.env', 'file-path'],
  ['token.txt', 'file-path'],
  ['sk-ant-api03-TestTestTestTestTest', 'other-vendor'],
  ['OPENAI_API_KEY=sk-proj-TestTestTestTestTest', 'other-vendor'],
  ['"ghp_TestTestTestTestTestTestTestTestTest"', 'other-vendor'],
  ['IGAATestTestTestTestTestTest', 'other-vendor'],
  ['my key is sk-ant-api03-TestTestTestTest', 'other-vendor'],
  [`${TOKEN}\nsk-ant-api03-TestTestTestTestTest`, 'other-vendor'],
  [`EAATest${'aB3dE5fG7hJ9'.repeat(3)}=\nsk-ant-api03-TestTestTestTestTest`, 'two-tokens'],
  ['https://example.com/?access_token=ya29.TestTestTestTestTest', 'other-vendor'],
];

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
