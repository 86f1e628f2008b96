import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { restOfWord, wordLogprob, wordRuns, wordSpans, wordsOf } from '../../../src/shared/words';
import { createTokenizer } from '../../../src/tokenizer';
import { defaultVocabulary } from '../../support/vocabularies';

const tokenizer = createTokenizer(defaultVocabulary());

function read(text: string) {
  const { ids, starts, ends } = tokenizer.encode(text);
  const tokens = Array.from(ids, (_, i) => ({ start: starts[i] ?? 0, end: ends[i] ?? 0 }));
  return { tokens, words: wordsOf(text, tokens) };
}

describe('the words of a text and their tokens', () => {
  it.each([
    ['El ratón se comió el queso.', ['El', 'ratón', 'se', 'comió', 'el', 'queso']],
    ['const max_2 = sum / count;', ['const', 'max_2', 'sum', 'count']],
    // A letter and the mark on it, written as two characters, are one letter.
    ['cafe\u0301 solo', ['cafe\u0301', 'solo']],
    ['... !?', []],
  ])('%s', (text, expected) => {
    expect(read(text).words.map(({ start, end }) => text.slice(start, end))).toEqual(expected);
  });

  it('have the tokens that a reader sees in them, the space before the word among them', () => {
    const { tokens, words } = read('const middel = sum');
    const pieces = words.map(({ first, last }) => last - first + 1);
    expect(pieces).toEqual([1, 3, 1]);
    expect(tokens[words[1]?.first ?? 0]).toEqual({ start: 5, end: 7 });
  });

  it('cover each letter by tokens, whatever the text', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'ñ', ' ', '_', '7', '🧀', '漢', '\n', '.', '\u0301', 'the') });
    fc.assert(
      fc.property(texts, (text) => {
        const { tokens, words } = read(text);
        expect(words.map(({ start, end }) => ({ start, end }))).toEqual(wordSpans(text));
        const runs = wordRuns(words, tokens.length);
        expect(runs.flatMap((run) => tokens.slice(run.first, run.last + 1))).toEqual(tokens);
        for (const { start, end, first, last } of words) {
          expect(runs.some((run) => run.first <= first && last <= run.last)).toBe(true);
          expect(tokens[first]?.start).toBeLessThanOrEqual(start);
          expect(tokens[first]?.end).toBeGreaterThan(start);
          expect(tokens[last]?.start).toBeLessThan(end);
          expect(tokens[last]?.end).toBeGreaterThanOrEqual(end);
        }
      }),
    );
  });

  it.each([
    ['The mou', 'se ate', 'se'],
    ['El rat', 'ón', 'ón'],
    ['The mouse', ' ate', ''],
    ['The ', 'mouse', ''],
    ['The mouse', '', ''],
  ])('go on after a cut: %j, %j', (before, after, rest) => {
    expect(restOfWord(before, after)).toBe(rest);
  });

  it('cost what their tokens cost together, and nothing can be said where one has no prediction', () => {
    const logprobs = [Number.NaN, -1, -2.5, -0.25];
    expect(wordLogprob(logprobs, { first: 1, last: 2 })).toBe(-3.5);
    expect(wordLogprob(logprobs, { first: 0, last: 1 })).toBeNaN();
  });
});
