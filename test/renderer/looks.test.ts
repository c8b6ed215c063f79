import { describe, expect, it } from 'vitest';
import { createReuse } from '../../src-renderer/app/reuse.ts';
import { lookOf } from '../../src-renderer/app/view-store.ts';
import { LOOKS } from '../../src-renderer/features/status/looks.ts';
import { byUrgency, matching } from '../../src-renderer/features/status/order.ts';
import { piecesOf } from '../../src-renderer/ui/links.ts';
import type { ConnectionView } from '../../src-main/contract/status.ts';
import { TRAY_TABLE } from '../../src-main/core/tray/tray.ts';
import { connectionView } from '../fakes/keeper.ts';
import { EACH_LOOK, NEW_TOKEN } from './views.ts';

describe('the looks', () => {
  it('have the glyphs and rings of the tray', () => {
    const of = (table: Record<string, { readonly glyph: string; readonly ring: boolean }>): unknown => Object.entries(table).map(([look, { glyph, ring }]) => [look, glyph, ring]);
    expect(of(LOOKS)).toEqual(of(TRAY_TABLE));
  });

  it('each have a glyph and a word of their own', () => {
    const rows = Object.values(LOOKS);
    expect(new Set(rows.map(({ glyph }) => glyph)).size).toBe(8);
    expect(new Set(rows.map(({ word }) => word)).size).toBe(8);
  });
});

describe('the order of connections', () => {
  it('is by urgency', () => {
    expect(byUrgency(Object.values(EACH_LOOK)).map(({ look }) => look)).toEqual(['broken', 'urgent', 'keychain-locked', 'soon', 'unreachable', 'checking', 'needs-set-up', 'healthy']);
  });

  it('is by life left among those that run out, and by name among healthy ones', () => {
    const named = (label: string, look: 'soon' | 'healthy', lifeLeft: number) => connectionView({ id: label, label, look, lifeLeft });
    expect(byUrgency([named('Shop 10', 'healthy', 0.1), named('Shop 2', 'healthy', 0.9), named('D', 'soon', 0.2), named('C', 'soon', 0.3)]).map(({ label }) => label)).toEqual(['D', 'C', 'Shop 2', 'Shop 10']);
  });
});

describe('the search', () => {
  const shops = [connectionView({ id: 'a', label: 'Main shop', number: '+49 30 123-456' }), connectionView({ id: 'b', label: 'Bakery', environment: 'test', number: null, phoneNumberId: '99' })];
  it.each([
    ['bak', ['b']],
    ['MAIN shop', ['a']],
    ['shop main', ['a']],
    ['test', ['b']],
    ['4930123456', ['a']],
    ['30 123', ['a']],
    ['99', ['b']],
    ['', ['a', 'b']],
    ['nobody', []],
  ])('finds %j', (typed, ids) => {
    expect(matching(shops, typed).map(({ id }) => id)).toEqual(ids);
  });
});

describe('addresses in sentences', () => {
  it('are taken out with the brackets round them', () => {
    expect(piecesOf(NEW_TOKEN)).toEqual([
      { kind: 'words', text: 'Make a new token, best a System User token ' },
      { kind: 'link', url: 'https://business.facebook.com/settings/system-users', text: 'business.facebook.com/settings/system-users', before: '(', after: '),' },
      { kind: 'words', text: ' and paste it into Evertoken.' },
    ]);
  });

  it.each([
    ['See https://www.facebook.com/.', 'https://www.facebook.com/', 'facebook.com', '.'],
    ['(https://developers.facebook.com/apps → your app)', 'https://developers.facebook.com/apps', 'developers.facebook.com/apps', ''],
    ['At http://127.0.0.1:1/x?a=1&b=2, say', 'http://127.0.0.1:1/x?a=1&b=2', '127.0.0.1:1/x?a=1&b=2', ','],
  ])('end where they end: %j', (sentence, url, text, after) => {
    expect(piecesOf(sentence).find(({ kind }) => kind === 'link')).toEqual({ kind: 'link', url, text, before: sentence.startsWith('(') ? '(' : '', after });
  });

  it('are http and https alone', () => {
    expect(piecesOf('Open javascript:alert(1) or file:///etc or ftp://x now')).toEqual([{ kind: 'words', text: 'Open javascript:alert(1) or file:///etc or ftp://x now' }]);
  });

  it('lose no character of the sentence', () => {
    const sentence = `${NEW_TOKEN} Then (https://a.example/b). Done: https://c.example!`;
    expect(piecesOf(sentence).map((piece) => (piece.kind === 'words' ? piece.text : `${piece.before}${piece.url}${piece.after}`)).join('')).toBe(sentence);
  });
});

describe('a connection that did not change', () => {
  it('stays the same object from view to view, and a changed one does not', () => {
    const reuse = createReuse(lookOf);
    const [a, b] = reuse([connectionView({ id: 'a', lifeLeft: 0.5001 }), connectionView({ id: 'b' })]);
    const [a2, b2] = reuse([connectionView({ id: 'a', lifeLeft: 0.5002 }), connectionView({ id: 'b', label: 'Other' })]);
    expect(a2).toBe(a);
    expect(b2).not.toBe(b);
    expect(b2?.label).toBe('Other');
    expect(reuse([connectionView({ id: 'a', lifeLeft: 0.4 })])[0]?.lifeLeft).toBe(0.4);
  });

  it('leaves the list itself the same object where nothing changed, came or went', () => {
    const reuse = createReuse(lookOf);
    const list = (): ConnectionView[] => [connectionView({ id: 'a' }), connectionView({ id: 'b' })];
    const first = reuse(list());
    expect(reuse(list())).toBe(first);
    expect(reuse(list().slice(0, 1))).toHaveLength(1);
    expect(reuse(list().toReversed()).map(({ id }) => id)).toEqual(['b', 'a']);
  });
});
