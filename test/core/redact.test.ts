import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor, redactPatterns } from '../../src-main/core/redact.ts';

const TOKEN = `EAATest${'aB3dE5fG7hJ9'.repeat(12)}ZDZD`;
const HEX = '0123456789abcdef0123456789abcdef';
const OPAQUE = 'opaque/secret+with=signs|and "quotes" \\ é';

describe('redactPatterns', () => {
  it.each([
    [`token ${TOKEN} refused`, 'token [***] refused'],
    ['Malformed access token EAATest1234', 'Malformed access token [***]'],
    ['IGAATestTestTest', '[***]'],
    ['the key evk_abcdefghijklmnopqrstuvwxyz was shown', 'the key [***] was shown'],
    [`GET /me?access_token=abc123&fields=id`, 'GET /me?access_token=[***]&fields=id'],
    ['input_token=abc&x=1', 'input_token=[***]&x=1'],
    ['fb_exchange_token=abc', 'fb_exchange_token=[***]'],
    ['revoke_token=abc', 'revoke_token=[***]'],
    ['client_secret=abc appsecret_proof=def', 'client_secret=[***] appsecret_proof=[***]'],
    ['access_token%3Dabc', 'access_token%3D[***]'],
    ['Authorization: Bearer abcdef', 'Authorization: [***]'],
    ['authorization: abcdef', 'authorization: [***]'],
    ['{"authorization":"Bearer abc"}', '{"authorization":"[***]"}'],
    ['{"access_token":"abc","token_type":"bearer"}', '{"access_token":"[***]","token_type":"bearer"}'],
    ['{\\"access_token\\":\\"abc\\"}', '{\\"access_token\\":\\"[***]\\"}'],
    ["'access_token' => 'abc'", "'access_token' => '[***]'"],
    ['WHATSAPP_ACCESS_TOKEN=abc', 'WHATSAPP_ACCESS_TOKEN=[***]'],
    ['sent Bearer abcdefgh', 'sent Bearer [***]'],
    [`caller 123456789012345|${HEX} failed`, 'caller [***] failed'],
    [`caller 123456789012345%7C${HEX}`, 'caller [***]'],
    [`the app secret is ${HEX}.`, 'the app secret is [***].'],
    ['nothing secret here: 12 numbers, token kind long-lived', 'nothing secret here: 12 numbers, token kind long-lived'],
    ['fingerprint …aB3d-1f2e3d4c', 'fingerprint …aB3d-1f2e3d4c'],
  ])('%s', (text, expected) => {
    expect(redactPatterns(text)).toBe(expected);
    expect(redactPatterns(expected)).toBe(expected);
  });
});

describe('createRedactor', () => {
  it('takes a secret out in every form it is written down in', () => {
    const redactor = createRedactor();
    redactor.add(OPAQUE);
    const forms = [
      OPAQUE,
      encodeURIComponent(OPAQUE),
      encodeURIComponent(OPAQUE).toLowerCase().replaceAll('%c3%a9', '%c3%a9'),
      new URLSearchParams({ t: OPAQUE }).toString().slice(2),
      JSON.stringify(OPAQUE).slice(1, -1),
      JSON.stringify(JSON.stringify(OPAQUE)).slice(3, -3),
      JSON.stringify(OPAQUE).slice(1, -1).replaceAll('/', '\\/'),
      JSON.stringify(encodeURIComponent(OPAQUE)).slice(1, -1),
      encodeURIComponent(JSON.stringify(OPAQUE).slice(1, -1)),
    ];
    expect(forms.map((form) => redactor.redact(`<${form}>`))).toEqual(forms.map(() => '<[***]>'));
  });

  it('forgets what is removed, as often as it was added', () => {
    const redactor = createRedactor();
    redactor.add('opaque-secret');
    redactor.add('opaque-secret');
    redactor.remove('opaque-secret');
    expect(redactor.redact('opaque-secret')).toBe('[***]');
    redactor.remove('opaque-secret');
    redactor.remove('opaque-secret');
    expect(redactor.redact('opaque-secret')).toBe('opaque-secret');
  });

  it('takes secrets that are added after the first use', () => {
    const redactor = createRedactor();
    expect(redactor.redact('opaque-secret')).toBe('opaque-secret');
    redactor.add('opaque-secret');
    expect(redactor.redact('opaque-secret')).toBe('[***]');
  });

  it('takes a secret out whole, also where a part of it looks like a token', () => {
    const redactor = createRedactor();
    redactor.add('begin EAATest1234 end-of-it');
    expect(redactor.redact('<begin EAATest1234 end-of-it>')).toBe('<[***]>');
  });

  it('takes out text that no web address could hold', () => {
    const redactor = createRedactor();
    redactor.add('half-\uD83D-pair');
    expect(redactor.redact('a half-\uD83D-pair b')).toBe('a [***] b');
  });

  it('leaves short ones alone', () => {
    const redactor = createRedactor();
    redactor.add('short12');
    redactor.add('');
    expect(redactor.redact('short12')).toBe('short12');
  });

  it('covers secrets that overlap, contain each other, or come together by what was cut', () => {
    const redactor = createRedactor();
    redactor.add('abcdefgh1234');
    redactor.add('efgh12345678');
    redactor.add('abcdefgh');
    redactor.add('xx[***]yy');
    expect(redactor.redact('-abcdefgh12345678-')).toBe('-[***]-');
    expect(redactor.redact('-abcdefgh-')).toBe('-[***]-');
    expect(redactor.redact('xxabcdefghyy')).toBe('[***]');
    redactor.add('zz[***]ww');
    expect(redactor.redact('zzxxabcdefghyyww')).toBe('[***]');
    redactor.add('87654321');
    redactor.add('zyx-87654321');
    expect(redactor.redact('-zyx-87654321-')).toBe('-[***]-');
  });

  it('lets no secret through, in whatever text and form', () => {
    const secret = fc.oneof(fc.string({ minLength: 8, maxLength: 60 }), fc.string({ unit: 'binary', minLength: 8, maxLength: 40 }), fc.constantFrom(TOKEN, OPAQUE, HEX));
    const filler = fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom('access_token=', '"', 'Authorization: ', 'EAA', '&', '\\'));
    fc.assert(
      fc.property(fc.array(secret, { minLength: 1, maxLength: 4 }), fc.array(filler, { minLength: 3, maxLength: 6 }), fc.nat({ max: 3 }), (secrets, fillers, form) => {
        const redactor = createRedactor();
        for (const each of secrets) redactor.add(each);
        const write = [(text: string) => text, safeEncode, (text: string) => JSON.stringify(text).slice(1, -1), (text: string) => JSON.stringify(safeEncode(text)).slice(1, -1)][form] ?? String;
        const text = fillers.map((part, index) => part + write(secrets[index % secrets.length] ?? '')).join('');
        const clean = redactor.redact(text);
        return secrets.every((each) => !clean.includes(each) && !clean.includes(safeEncode(each)) && !clean.includes(JSON.stringify(each).slice(1, -1)));
      }),
      { numRuns: 1_500 },
    );
  });

  it('is quick with a thousand secrets and a megabyte', () => {
    const redactor = createRedactor();
    const secrets = Array.from({ length: 1_000 }, (_, index) => `EAATest${'aB3dE5fG7hJ9'.repeat(14)}${String(index).padStart(6, '0')}`);
    for (const secret of secrets) redactor.add(secret);
    const text = `${'an ordinary line of a log, with words and numbers 1234567890\n'.repeat(17_000)}${secrets[777] ?? ''}`;
    const before = performance.now();
    const clean = redactor.redact(text);
    expect(performance.now() - before).toBeLessThan(2_000);
    expect(clean.slice(-20)).toBe('numbers 1234567890\n[***]'.slice(-20));
  });

  it.each(['EAA', 'access_token=', 'access_token = ', 'secret ', '0123456789', 'bearer ', 'authorization:', '\\', '"', 'Authorization: Bearer '])('is quick on 500 kB of %j', (unit) => {
    const redactor = createRedactor();
    redactor.add(TOKEN);
    const before = performance.now();
    redactor.redact(unit.repeat(Math.floor(500_000 / unit.length)));
    expect(performance.now() - before).toBeLessThan(1_500);
  });
});

function safeEncode(text: string): string {
  try {
    return encodeURIComponent(text);
  } catch {
    return text;
  }
}
