import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { squeeze } from '../../../src-main/core/graph/explain/letters.ts';
import { PhraseNet, SEPARATOR, UNSEEN } from '../../../src-main/core/graph/explain/phrase-net.ts';

/** Every phrase that ends somewhere in the text, as `end:phrase`, by the net. */
function byNet(phrases: readonly string[], text: string): readonly string[] {
  const net = new PhraseNet(phrases.map((phrase) => ({ text: phrase, meaning: phrase })));
  const found: string[] = [];
  let state = 0;
  let letters = 0;
  for (let place = 0; place < text.length; place += 1) {
    const letter = net.classOf(text.charCodeAt(place));
    if (letter === SEPARATOR || letter === UNSEEN) continue;
    letters += 1;
    state = net.step(state, letter);
    for (const { meaning } of net.found[state] ?? []) found.push(`${letters}:${meaning}`);
  }
  return found.toSorted();
}

/** The same by looking at every place. */
function byLooking(phrases: readonly string[], text: string): readonly string[] {
  const squeezed = squeeze(text);
  const ends = Array.from({ length: squeezed.length }, (_, index) => index + 1);
  return phrases.flatMap((phrase) => ends.filter((end) => squeezed.slice(0, end).endsWith(squeeze(phrase))).map((end) => `${end}:${phrase}`)).toSorted();
}

describe('the net of phrases', () => {
  it('finds what looking at every place finds, in every script', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'é', 'स', 'त', '切', 'れ', 'ت'), minLength: 1, maxLength: 5 });
    const text = fc.string({ unit: fc.constantFrom('a', 'B', 'b', 'é', 'e\u0301', 'स', 'त', '切', 'れ', 'ت', 'x', ' ', '-', '\u200b'), maxLength: 60 });
    fc.assert(
      fc.property(fc.uniqueArray(word, { selector: squeeze, minLength: 1, maxLength: 8 }), text, (phrases, read) => {
        expect(byNet(phrases, read)).toEqual(byLooking(phrases, read));
      }),
      { numRuns: 500 },
    );
  });
});
