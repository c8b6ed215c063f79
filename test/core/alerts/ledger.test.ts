import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AlertCode, type AlertRecord, type ConcernCode, repeatsDaily, type Rung } from '../../../src-main/core/alerts/alert.ts';
import { type AlertBook, type AlertChanges, keepLedger } from '../../../src-main/core/alerts/ledger.ts';
import { rungAt } from '../../../src-main/core/alerts/ladder.ts';
import type { StandingAlert } from '../../../src-main/core/alerts/rules.ts';
import { DAY, HOUR, MINUTE } from '../../../src-main/core/time.ts';
import { NOW } from '../../fakes/facts.ts';

const EMPTY: AlertBook = { alerts: [], told: [] };

function alert(code: AlertCode, rung: Rung | null = null, subject = 't1'): StandingAlert {
  return { code, subject, severity: 'urgent', rung };
}

function keep(book: AlertBook, standing: readonly StandingAlert[], now = NOW): AlertChanges {
  return keepLedger(book, 'c1', standing, ({ code, rung }) => `${code} ${rung ?? ''}`.trim(), now);
}

/** What survives a stop of the program. */
function restarted(book: AlertBook): AlertBook {
  return JSON.parse(JSON.stringify(book)) as AlertBook;
}

function acknowledged(book: AlertBook, at: number): AlertBook {
  return { ...book, alerts: book.alerts.map((record) => ({ ...record, acknowledgedAt: at })) };
}

const rungsOf = (told: readonly AlertRecord[]) => told.map((record) => record.rung);

describe('a new alert', () => {
  it('is written down, told, and named so that the next telling replaces it', () => {
    const { book, tell, withdraw } = keep(EMPTY, [alert('revoked')]);
    const record: AlertRecord = { id: 'c1/revoked/t1', code: 'revoked', severity: 'urgent', text: 'revoked', rung: null, raisedAt: NOW, toldAt: NOW, acknowledgedAt: null };
    expect(tell).toEqual([record]);
    expect(withdraw).toEqual([]);
    expect(book).toEqual({ alerts: [record], told: [{ key: 'revoked/t1/once', at: NOW }] });
  });

  it('about another subject is another alert', () => {
    const first = keep(EMPTY, [alert('access-lost')]);
    const second = keep(first.book, [alert('access-lost', null, 't2')]);
    expect(second.tell.map((record) => record.id)).toEqual(['c1/access-lost/t2']);
    expect(second.withdraw).toEqual(['c1/access-lost/t1']);
  });
});

describe('where nothing changed', () => {
  it('the very same book comes back, so that nothing is written to the disk', () => {
    const { book } = keep(EMPTY, [alert('cannot-extend'), alert('expiry', '7d')]);
    const again = keep(book, [alert('cannot-extend'), alert('expiry', '7d')], NOW + HOUR);
    expect(again.book).toBe(book);
    expect(again).toMatchObject({ tell: [], withdraw: [] });
    expect(keep(EMPTY, []).book).toBe(EMPTY);
  });
});

describe('a ladder', () => {
  it('tells each rung once, and keeps when it was first raised', () => {
    let { book } = keep(EMPTY, [alert('expiry', '14d')]);
    const next = keep(book, [alert('expiry', '7d')], NOW + 7 * DAY);
    expect(next.tell).toEqual([{ id: 'c1/expiry/t1', code: 'expiry', severity: 'urgent', text: 'expiry 7d', rung: '7d', raisedAt: NOW, toldAt: NOW + 7 * DAY, acknowledgedAt: null }]);
    expect(next.withdraw).toEqual([]);
    ({ book } = next);
    expect(book.alerts).toHaveLength(1);
    expect(keep(book, [alert('expiry', '7d')], NOW + 8 * DAY).tell).toEqual([]);
  });

  it('collapses rungs that were slept through into the tightest', () => {
    const { book } = keep(EMPTY, [alert('expiry', '14d')]);
    const woken = keep(book, [alert('expiry', '6h')], NOW + 13 * DAY);
    expect(rungsOf(woken.tell)).toEqual(['6h']);
    for (const skipped of ['7d', '3d', '1d'] as const) expect(keep(woken.book, [alert('expiry', skipped)], NOW + 13 * DAY).tell).toEqual([]);
  });

  it('does not repeat a rung after a restart', () => {
    const book = restarted(keep(EMPTY, [alert('expiry', '3d'), alert('data-access', '7d')]).book);
    const again = keep(book, [alert('expiry', '3d'), alert('data-access', '7d')], NOW + MINUTE);
    expect(again.tell).toEqual([]);
    expect(again.book).toBe(book);
  });

  it('does not repeat a rung when its cause ended and came back', () => {
    const told = keep(EMPTY, [alert('expiry', '3d')]);
    const ended = keep(told.book, [], NOW + HOUR);
    expect(ended.withdraw).toEqual(['c1/expiry/t1']);
    const back = keep(restarted(ended.book), [alert('expiry', '3d')], NOW + 2 * HOUR);
    expect(back.tell).toEqual([]);
    expect(back.book.alerts).toMatchObject([{ id: 'c1/expiry/t1', rung: '3d', toldAt: NOW }]);
    expect(rungsOf(keep(back.book, [alert('expiry', '1d')], NOW + DAY).tell)).toEqual(['1d']);
  });

  it('starts anew for a new deadline', () => {
    const { book } = keep(EMPTY, [alert('expiry', '1h', 't1@1')]);
    expect(rungsOf(keep(book, [alert('expiry', '14d', 't2@2')]).tell)).toEqual(['14d']);
  });

  it('tells a tighter rung though the one before was acknowledged', () => {
    const book = acknowledged(keep(EMPTY, [alert('expiry', '7d')]).book, NOW + HOUR);
    expect(keep(book, [alert('expiry', '7d')], NOW + 2 * DAY).book.alerts[0]?.acknowledgedAt).toBe(NOW + HOUR);
    const next = keep(book, [alert('expiry', '3d')], NOW + 4 * DAY);
    expect(next.tell).toMatchObject([{ rung: '3d', acknowledgedAt: null }]);
  });

  it('does not step back when a clock is set back a little', () => {
    const { book } = keep(EMPTY, [alert('expiry', '1d')]);
    const back = keep(book, [alert('expiry', '14d')], NOW - 23 * HOUR);
    expect(back.tell).toEqual([]);
    expect(back.book.alerts).toMatchObject([{ rung: '1d' }]);
  });

  it('a rung told under a clock that ran days ahead does not silence the real ones', () => {
    const { book } = keep(EMPTY, [alert('expiry', '1d')], NOW + 58 * DAY);
    const gone = keep(book, [], NOW).book;
    expect(rungsOf(keep(gone, [alert('expiry', '14d')], NOW + 46 * DAY).tell)).toEqual(['14d']);
    expect(rungsOf(keep(book, [alert('cannot-extend')], NOW).tell)).toEqual([null]);
  });

  it('tells each rung at most once, and only tighter ones, at whatever times one looks and however often one restarts', () => {
    const deadline = NOW + 20 * DAY;
    const look = fc.record({ at: fc.integer({ min: NOW, max: deadline + 2 * DAY }), stands: fc.boolean(), restart: fc.boolean(), acknowledge: fc.boolean() });
    fc.assert(
      fc.property(fc.array(look, { maxLength: 60 }), (looks) => {
        let book = EMPTY;
        const told: (Rung | null)[] = [];
        for (const { at, stands, restart, acknowledge } of looks.toSorted((a, b) => a.at - b.at)) {
          const rung = at >= deadline ? 'ended' : rungAt(deadline - at, null);
          const changes = keep(restart ? restarted(book) : book, stands && rung !== null ? [alert('expiry', rung)] : [], at);
          told.push(...rungsOf(changes.tell));
          book = acknowledge ? acknowledged(changes.book, at) : changes.book;
        }
        expect(told).toEqual([...new Set(told)]);
        const order = ['14d', '7d', '3d', '1d', '6h', '1h', '30m', 'ended'];
        expect(told).toEqual(told.toSorted((a, b) => order.indexOf(a ?? '') - order.indexOf(b ?? '')));
      }),
    );
  });
});

describe('a matter that comes and goes', () => {
  it.each(['cannot-extend', 'renewal-failing', 'renewal-worse', 'scopes-lost', 'fallback-in-use'] as const)('%s is told once for its token, also weeks apart and over restarts', (code) => {
    const first = keep(EMPTY, [alert(code)]);
    const gone = keep(restarted(first.book), [], NOW + 2 * HOUR);
    const back = keep(restarted(gone.book), [alert(code)], NOW + 9 * DAY);
    expect([first.tell.length, gone.withdraw.length, back.tell.length]).toEqual([1, 1, 0]);
    // It stands in the book again, for whoever looks.
    expect(back.book.alerts).toMatchObject([{ code, toldAt: NOW }]);
  });

  it('others are told again, but not within a day', () => {
    const first = keep(EMPTY, [alert('keychain-locked')]);
    const gone = keep(first.book, [], NOW + HOUR).book;
    expect(keep(gone, [alert('keychain-locked')], NOW + 23 * HOUR).tell).toHaveLength(0);
    expect(keep(gone, [alert('keychain-locked')], NOW + 25 * HOUR).tell).toHaveLength(1);
  });
});

describe('a matter that came back within a day and stays', () => {
  it('is told once that day is over', () => {
    let { book } = keep(EMPTY, [alert('keychain-locked')]);
    book = keep(book, [], NOW + 5 * MINUTE).book;
    const back = keep(book, [alert('keychain-locked')], NOW + 23 * HOUR);
    const later = keep(back.book, [alert('keychain-locked')], NOW + 25 * HOUR);
    const muchLater = keep(later.book, [alert('keychain-locked')], NOW + 30 * DAY);
    expect([back.tell.length, later.tell.length, muchLater.tell.length]).toEqual([0, 1, 0]);
  });
});

describe('an urgent matter that only a person can end', () => {
  const DAILY: readonly AlertCode[] = ['revoked', 'access-lost', 'app-credentials-refused', 'secret-lost', 'call-refused'];
  const CONCERNS: readonly ConcernCode[] = ['delivery-failed', 'changed-by-hand', 'command-failed', 'gateway-trouble'];

  it('is one of five, an urgent concern, or a value that was changed by hand', () => {
    const all: readonly AlertCode[] = ['expiry', 'data-access', 'cannot-extend', 'renewal-failing', 'renewal-worse', 'scopes-lost', 'keychain-locked', 'keychain-unavailable', 'memory-only', 'kept-in-memory', 'settings-broken', ...DAILY];
    expect(all.filter((code) => repeatsDaily({ code, severity: 'urgent' }))).toEqual(DAILY);
    expect(CONCERNS.filter((code) => repeatsDaily({ code, severity: 'urgent' }))).toEqual(CONCERNS);
    expect(CONCERNS.filter((code) => repeatsDaily({ code, severity: 'warning' }))).toEqual(['changed-by-hand']);
  });

  it.each(DAILY)('%s is told again each day until acknowledged', (code) => {
    let { book } = keep(EMPTY, [alert(code)]);
    let told = 0;
    for (let hour = 1; hour <= 72; hour += 1) {
      const changes = keep(restarted(book), [alert(code)], NOW + hour * HOUR);
      told += changes.tell.length;
      ({ book } = changes);
    }
    expect(told).toBe(3);
    expect(book.alerts).toMatchObject([{ raisedAt: NOW, toldAt: NOW + 3 * DAY }]);
    const quiet = keep(acknowledged(book, NOW + 3 * DAY), [alert(code)], NOW + 30 * DAY);
    expect(quiet.tell).toEqual([]);
    expect(quiet.book.alerts).toHaveLength(1);
  });

  it('that comes and goes within a day is told once that day', () => {
    const told = keep(EMPTY, [alert('access-lost')]);
    const ended = keep(told.book, [], NOW + HOUR);
    const back = keep(restarted(ended.book), [alert('access-lost')], NOW + 2 * HOUR);
    expect(back.tell).toEqual([]);
    expect(back.book.alerts).toMatchObject([{ toldAt: NOW, raisedAt: NOW + 2 * HOUR }]);
    expect(keep(back.book, [alert('access-lost')], NOW + DAY).tell).toHaveLength(1);
  });

  it('told under a clock that ran a year ahead is not silent for that year', () => {
    const ahead = keep(EMPTY, [alert('revoked')], NOW + 365 * DAY);
    expect(keep(ahead.book, [alert('revoked')], NOW).tell).toHaveLength(1);
    const ended = keep(ahead.book, [], NOW);
    expect(keep(ended.book, [alert('revoked')], NOW + HOUR).tell).toHaveLength(1);
  });
});

describe('what is told once', () => {
  it('is not repeated while it stands, nor by a restart', () => {
    const { book } = keep(EMPTY, [alert('cannot-extend'), alert('keychain-locked')]);
    expect(keep(restarted(book), [alert('cannot-extend'), alert('keychain-locked')], NOW + 30 * DAY).tell).toEqual([]);
  });

  it('“cannot be extended” is told once for a token, even when silence hid it for a while', () => {
    const told = keep(EMPTY, [alert('cannot-extend')]);
    const hidden = keep(told.book, [], NOW + DAY);
    const back = keep(restarted(hidden.book), [alert('cannot-extend')], NOW + 5 * DAY);
    expect(back.tell).toEqual([]);
    expect(back.book.alerts).toMatchObject([{ code: 'cannot-extend', toldAt: NOW }]);
    expect(keep(back.book, [alert('cannot-extend', null, 't2')], NOW + 5 * DAY).tell).toHaveLength(1);
  });

  it('a keychain that is locked once more is a new matter', () => {
    const told = keep(EMPTY, [alert('keychain-locked')]);
    const open = keep(told.book, [], NOW + DAY);
    expect(keep(open.book, [alert('keychain-locked')], NOW + 2 * DAY).tell).toHaveLength(1);
  });
});

describe('when the cause ends', () => {
  it('the alert is withdrawn and leaves the book, and the others stay as they are', () => {
    const both = keep(EMPTY, [alert('revoked'), alert('keychain-locked')]);
    const one = keep(both.book, [alert('keychain-locked')], NOW + MINUTE);
    expect(one.withdraw).toEqual(['c1/revoked/t1']);
    expect(one.tell).toEqual([]);
    expect(one.book.alerts).toEqual(both.book.alerts.slice(1));
    expect(keep(one.book, [], NOW + HOUR)).toMatchObject({ book: { alerts: [] }, withdraw: ['c1/keychain-locked/t1'] });
  });
});

describe('the ledger on disk', () => {
  it('stays small, and forgets the oldest lines first', () => {
    let book = EMPTY;
    for (let index = 0; index < 300; index += 1) ({ book } = keep(book, [alert('expiry', 'ended', `t${index}`)], NOW + index));
    expect(book.told).toHaveLength(256);
    expect(book.told.at(-1)).toEqual({ key: 'expiry/t299/ended', at: NOW + 299 });
    expect(book.told[0]?.key).toBe('expiry/t44/ended');
  });
});

describe('words that change while their cause stands', () => {
  const worded = (code: AlertCode, text: string): StandingAlert => ({ ...alert(code), text });
  const keepWorded = (book: AlertBook, standing: StandingAlert, now: number): AlertChanges => keepLedger(book, 'c1', [standing], ({ text }) => text ?? '', now);

  it.each<AlertCode>(['call-refused', 'delivery-failed', 'changed-by-hand', 'command-failed', 'gateway-trouble'])('%s: are stored and not told', (code) => {
    const { book } = keepWorded(EMPTY, worded(code, 'as it was'), NOW);
    const changed = keepWorded(book, { ...worded(code, 'as it is'), severity: 'warning' }, NOW + HOUR);
    expect(changed).toMatchObject({ book: { alerts: [{ text: 'as it is', severity: 'warning', raisedAt: NOW, toldAt: NOW }] }, tell: [], withdraw: [] });
    expect(keepWorded(changed.book, { ...worded(code, 'as it is'), severity: 'warning' }, NOW + 2 * HOUR).book).toBe(changed.book);
  });

  it('are left as they were told where they only count the days', () => {
    const { book } = keepWorded(EMPTY, worded('keychain-locked', 'as it was'), NOW);
    expect(keepWorded(book, worded('keychain-locked', 'as it is'), NOW + HOUR).book).toBe(book);
  });
});
