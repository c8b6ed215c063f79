import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandFault, commandLine } from '../../../src-main/core/delivery/command-words.ts';
import { handVerdict } from '../../../src-main/core/delivery/hand-value.ts';
import { handChangeFault } from '../../../src-main/core/delivery/hand-words.ts';
import { rememberOwn } from '../../../src-main/core/delivery/own-values.ts';
import { commandRetryAfter, fileRetryAfter, LONGEST_PAUSE } from '../../../src-main/core/delivery/retries.ts';
import { CAUSE_TRAITS } from '../../../src-main/core/graph/cause-traits.ts';
import type { Cause } from '../../../src-main/core/graph/fault.ts';
import { MINUTE, SECOND } from '../../../src-main/core/time.ts';

describe('own values', () => {
  it('are the last sixteen, newest first, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30).map(String), { maxLength: 60 }), (values) => {
        const own = values.reduce<readonly string[]>((all, value) => rememberOwn(all, value), []);
        expect(own).toEqual([...new Set(values.toReversed())].slice(0, 16));
      }),
    );
  });
});

describe('pauses', () => {
  it('of a file grow from a second to half an hour and never end', () => {
    const pauses = Array.from({ length: 12 }, (_, index) => fileRetryAfter(index + 1));
    expect(pauses.slice(0, 6)).toEqual([SECOND, 5 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE]);
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(pauses.at(-1)).toBe(LONGEST_PAUSE);
    expect(fileRetryAfter(100_000)).toBe(LONGEST_PAUSE);
  });

  it('of a command are three', () => {
    expect([1, 2, 3, 4, 99].map(commandRetryAfter)).toEqual([MINUTE, 5 * MINUTE, 15 * MINUTE, null, null]);
  });
});

describe('what the keeper says of a value', () => {
  it('is death only where the token itself is dead for good, and silence is no verdict', () => {
    for (const [cause, traits] of Object.entries(CAUSE_TRAITS) as [Cause, (typeof CAUSE_TRAITS)[Cause]][]) {
      const verdict = handVerdict(false, traits.silence ? 'unreachable' : cause.replaceAll('_', '-'));
      if (traits.silence) expect(verdict, cause).toBe('later');
      if (!traits.credential) expect(verdict, cause).not.toBe('dead');
    }
    expect(handVerdict(false, 'expired')).toBe('dead');
    // The owner can bring the first two back to life at Meta; the last may never have been a token.
    expect(['checkpoint', 'unconfirmed', 'malformed-token'].map((code) => handVerdict(false, code))).toEqual(['refused', 'refused', 'refused']);
  });

  it('is taken only from an outcome that went well, and an unknown code proves nothing', () => {
    expect(handVerdict(true, 'replaced')).toBe('adopted');
    expect(handVerdict(true, 'same-token')).toBe('adopted');
    expect(handVerdict(false, 'a-code-of-the-future')).toBe('refused');
  });
});

describe('words', () => {
  it('show no more of a value than its last four characters, and nothing of a short one', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z]{1,60}$/), (value) => {
        const { text } = handChangeFault({ file: '/f/.env', variable: 'v', value }, 'It was said why. Nothing was changed.');
        expect(text).not.toContain('Nothing was changed');
        const shown = /…(\w+)/.exec(text)?.[1] ?? '';
        expect(shown).toBe(value.length < 12 ? '' : value.slice(-4));
      }),
    );
  });

  it('write a command as one line', () => {
    expect(commandLine(['/usr/bin/pm2', 'restart', 'my bot', '', 'a"b'])).toBe('/usr/bin/pm2 restart "my bot" "" "a\\"b"');
  });

  it('say what is next after a failure', () => {
    expect(commandFault(['x'], { kind: 'exit', code: 2 }, false).text).toContain('runs it again');
    expect(commandFault(['x'], { kind: 'interrupted' }, true).text).toContain('not run again');
  });
});
