import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addEnvFileSchema } from '../../../src-main/contract/schemas.ts';
import { setEnvValue } from '../../../src-main/core/delivery/env-text.ts';
import { isPlaceholder } from '../../../src-main/core/delivery/placeholders.ts';
import { isRetryDue, LONGEST_PAUSE } from '../../../src-main/core/delivery/retries.ts';
import { isVariableName } from '../../../src-main/core/delivery/variable-name.ts';
import { hasTokenShape, holdsTokenShape } from '../../../src-main/core/token/token-shape.ts';

describe('the shape of a token', () => {
  const token = `EAAG${'a1B2_-'.repeat(30)}`;
  it.each([token, `IGAA${'x'.repeat(140)}`, `EAA${'Z'.repeat(27)}`])('%s has it', (value) => {
    expect([hasTokenShape(value), holdsTokenShape(`https://x.test/?a=1&t=${value}&b`)]).toEqual([true, true]);
  });

  it.each(['', 'EAA', `EAA${'Z'.repeat(26)}`, `EAB${'Z'.repeat(100)}`, `eaa${'Z'.repeat(100)}`, `x${token}`, `${token} `, `Bearer ${token}`, `${token}|x`, '123|abcdefghijklmnopqrstuvwxyz012345', 'sk_live_51H8abcdefghijklmnopqrstuvwxyz', 'ghp_0123456789abcdefghijklmnopqrstuvwxyz'])('%s has not', (value) => {
    expect(hasTokenShape(value)).toBe(false);
  });

  it('is found in a text only as a word of its own', () => {
    expect(holdsTokenShape(`a=${'x'.repeat(9)}${token}`)).toBe(false);
    expect(holdsTokenShape(`Bearer ${token}`)).toBe(true);
  });
});

describe('what only holds a place open', () => {
  it.each(['your_token_here', 'YOUR-ACCESS-TOKEN', 'your whatsapp access token here', 'paste_your_token_here', 'replace_me', 'changeme', 'CHANGE_ME', 'change-this', 'xxxx', 'EAAxxxxxxxxxxxx', 'EAA...', 'EAAG…', '...', '***', '<token>', '<your access token>', 'TODO', 'placeholder', 'null', 'access_token', '""', "''", ' token '])('%s', (value) => {
    expect(isPlaceholder(value)).toBe(true);
  });

  it.each(['', 'secret', 'password', 'hunter2', 'test', '12345', 'AKIAnotYoursSecretValue1234567890', '${TOKEN}', '$TOKEN', 'your.name@example.com', 'https://example.com/token', 'EAAGx', 'my-horse', 'mytokenabc123', 'token123', 'a<b>c', 'x', 'xx', 'key-of-the-safe'])('%s does not', (value) => {
    expect(isPlaceholder(value)).toBe(false);
  });

  it('is told in no time, however long the value', () => {
    const began = performance.now();
    for (const value of [`your_${'a_'.repeat(50_000)}`, `<${'a'.repeat(100_000)}`, `EAA${'x'.repeat(100_000)}y`]) isPlaceholder(value);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

describe('the name of a variable', () => {
  it('is the same rule for the window’s and the server’s requests, and for what is written', () => {
    const names = fc.oneof(fc.string({ maxLength: 8 }), fc.stringMatching(/^[A-Za-z_0-9]{0,220}$/), fc.constantFrom('A', '_', '1A', 'A-B', 'É', 'A\n', 'A'.repeat(200), 'A'.repeat(201)));
    fc.assert(
      fc.property(names, (name) => {
        const edit = setEnvValue('', name, 'x');
        expect(edit.ok).toBe(isVariableName(name));
        expect(addEnvFileSchema.safeParse({ connection: 'c-main', file: '/srv/bot/.env', variable: name }).success).toBe(isVariableName(name));
      }),
    );
  });

  it('is the same rule in the window, which cannot take it from here', () => {
    const literal = '/^[A-Za-z_][A-Za-z0-9_]{0,199}$/';
    for (const place of ['src-renderer/features/bot/add-file-dialog.tsx', 'src-main/core/delivery/variable-name.ts']) {
      expect(readFileSync(new URL(`../../../${place}`, import.meta.url), 'utf8')).toContain(literal);
    }
  });
});

describe('a try that failed', () => {
  const fault = { code: 'read-only', text: '', since: 0, failures: 1 };
  it('is due at its time, and at once where the clock was set back', () => {
    const dueAt = 10 * LONGEST_PAUSE;
    expect([dueAt - 1, dueAt, dueAt + 1, dueAt - LONGEST_PAUSE, dueAt - LONGEST_PAUSE - 1].map((now) => isRetryDue({ fault, nextTryAt: dueAt }, now))).toEqual([false, true, true, false, true]);
    expect(isRetryDue({ fault: null, nextTryAt: 0 }, 1)).toBe(false);
    expect(isRetryDue({ fault, nextTryAt: null }, 1)).toBe(false);
  });
});
