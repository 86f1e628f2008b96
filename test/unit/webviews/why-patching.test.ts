import { describe, expect, test } from 'vitest';
import { align } from '../../../webviews/views/why/patching/alignment';
import { layerBands } from '../../../webviews/views/why/patching/bands';
import { type FillWord, fillOf, isAlike, nameFills, wordsToFill } from '../../../webviews/views/why/patching/fills';
import { handover, largest, telling } from '../../../webviews/views/why/patching/findings';
import { isWay, logitDifference, ratioShare, restored } from '../../../webviews/views/why/patching/ratio';

describe('two texts of tokens', () => {
  test('of one length lie beside each other, and differ at some positions', () => {
    expect(align([1, 2, 3, 4], [1, 7, 3, 9])).toEqual({ kind: 'aligned', differing: [1, 3] });
    expect(align([1, 2], [1, 2])).toEqual({ kind: 'same' });
  });

  test('of two lengths do not, and differ between a common beginning and a common end', () => {
    expect(align([1, 2, 3, 4], [1, 7, 8, 3, 4])).toEqual({
      kind: 'unequal',
      clean: { from: 1, to: 2 },
      corrupt: { from: 1, to: 3 },
    });
    expect(align([1, 2, 2], [1, 2])).toEqual({
      kind: 'unequal',
      clean: { from: 2, to: 3 },
      corrupt: { from: 2, to: 2 },
    });
    expect(align([], [5])).toEqual({ kind: 'unequal', clean: { from: 0, to: 0 }, corrupt: { from: 0, to: 1 } });
  });
});

/** Words of a text, each of as many tokens as a table says, else one. */
function wordsOf(text: string, tokens: Record<string, number> = {}): FillWord[] {
  return [...text.matchAll(/\p{L}+|\p{N}+/gu)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
    tokens: tokens[word] ?? 1,
    isFirst: index === 0,
  }));
}

describe('fills', () => {
  const IOI = 'When John and Mary went to the shops, John gave the bag to';

  test('ask of a text with two names who is meant', () => {
    expect(nameFills(IOI, wordsOf(IOI)).map(({ text }) => text)).toEqual([
      'When John and Mary went to the shops, Mary gave the bag to',
      'When Mary and John went to the shops, Mary gave the bag to',
    ]);
  });

  test('put no name for one of another number of tokens, and no word at the start of a sentence', () => {
    expect(nameFills(IOI, wordsOf(IOI, { Mary: 2 }))).toEqual([]);
    const once = 'The mouse saw Tom. Then Tom ran to';
    expect(
      nameFills(
        once,
        wordsOf(once).map((word) => (word.text === 'Then' ? { ...word, isFirst: true } : word)),
      ),
    ).toEqual([]);
  });

  test('are for names first, then numbers, then long words', () => {
    const text = 'The capital of France in 1990 was called';
    expect(wordsToFill(wordsOf(text)).map((word) => word.text)).toEqual(['France', '1990', 'called', 'capital']);
    const [france] = wordsToFill(wordsOf(text));
    expect(france && fillOf(text, france, 'Spain')).toEqual({
      from: 'France',
      to: 'Spain',
      text: text.replace('France', 'Spain'),
    });
  });

  test('look like what they stand for', () => {
    expect(isAlike('France', 'Spain')).toBe(true);
    expect(isAlike('France', 'spain')).toBe(false);
    expect(isAlike('1990', '1850')).toBe(true);
    expect(isAlike('1990', '18')).toBe(false);
    expect(isAlike('France', 'France')).toBe(false);
    expect(isAlike('cat', ',')).toBe(false);
  });
});

describe('what a patch restores', () => {
  test('is the share of the way from the corrupt answer to the clean one', () => {
    expect(restored(3, -1, 3)).toBe(1);
    expect(restored(-1, -1, 3)).toBe(0);
    expect(restored(-3, -1, 3)).toBe(-0.5);
    expect(logitDifference([-1, -3, -2, -0.5], 1)).toBe(-1.5);
  });

  test('means nothing where both answers are nearly the same', () => {
    expect(isWay(0.2, 0.5)).toBe(false);
    expect(isWay(2, -2)).toBe(true);
  });

  test('is blue where it restores, on a scale that ends at all of it', () => {
    expect(ratioShare(0.5)).toBe(-0.5);
    expect(ratioShare(-3)).toBe(1);
  });
});

describe('bands of layers', () => {
  test('cover every layer once, from the last on, the first bands with more layers', () => {
    const bands = layerBands(30, 12);
    expect(bands[0]?.to).toBe(30);
    expect(bands.at(-1)?.from).toBe(0);
    for (const [i, band] of bands.entries()) expect(band.to).toBe(bands[i - 1]?.from ?? 30);
    const [first = { from: 0, to: 0 }, last = first] = [bands[0], bands.at(-1)];
    expect(first.to - first.from).toBeGreaterThan(last.to - last.from);
    expect(bands.length).toBeLessThanOrEqual(13);
  });

  test('are one a layer of few layers', () => {
    expect(layerBands(2, 12)).toEqual([
      { from: 1, to: 2 },
      { from: 0, to: 1 },
    ]);
  });
});

describe('a grid at a glance', () => {
  // Four layers by three columns: the answer moves from the first to the last.
  const moving = [1, 0, 0, 0.9, 0.1, 0.1, 0.2, 0.1, 0.8, 0, 0, 1];

  test('says where the answer leaves and where it arrives', () => {
    expect(handover(moving, 3)).toEqual({ column: 0, last: 1, first: 2 });
    expect(telling(moving, 3)).toEqual({ layer: 2, column: 2, ratio: 0.8 });
  });

  test('says which cell does most where nothing moves', () => {
    const still = [0, 0.1, -0.4, 0.2];
    expect(handover(still, 2)).toBeUndefined();
    expect(telling(still, 2)).toEqual({ layer: 1, column: 0, ratio: -0.4 });
    expect(largest([Number.NaN], 1)).toBeUndefined();
  });
});
