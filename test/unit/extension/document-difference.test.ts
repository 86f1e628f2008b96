import { expect, test } from 'vitest';
import { differencesWithin, placesOf } from '../../../src/extension/decorations/document-difference';
import { UNCHANGED, withChange } from '../../../src/extension/readings/changed-part';
import type { ReadingPart } from '../../../src/extension/readings/reading';
import type { ComparedText } from '../../../src/shared/difference-api';

/** `ab cd ef`, of which three tokens of two characters are compared. */
const places = [0, 3, 6].map((start) => ({ start, end: start + 2 }));
const whole = { start: 0, end: 8 };

const known = (shown = [whole], changed = UNCHANGED, isOld = false) => ({
  reading: { shown } as never,
  revision: 1,
  parts: [{ compared: {} as ComparedText, places }],
  changed,
  isOld,
});
const insertion = (rangeOffset: number, text: string) => withChange(UNCHANGED, { rangeOffset, rangeLength: 0, text });
const all = { start: 0, end: Number.POSITIVE_INFINITY };
const shownIn = (...difference: Parameters<typeof known>) =>
  [...differencesWithin(known(...difference), all)].map(({ start, end, isOld }) => [start, end, isOld]);

test.each([
  [
    'a text as it was',
    [[whole]],
    [
      [0, 2, false],
      [3, 5, false],
      [6, 8, false],
    ],
  ],
  ['a selection, not the text that was read before it', [[{ start: 3, end: 5 }]], [[3, 5, false]]],
  [
    'a text that was changed: what stands behind is old, and has moved',
    [[whole], insertion(3, 'x ')],
    [
      [0, 2, false],
      [5, 7, true],
      [8, 10, true],
    ],
  ],
  [
    'a token that was changed itself: it is gone',
    [[whole], insertion(4, 'x')],
    [
      [0, 2, false],
      [7, 9, true],
    ],
  ],
  [
    'a text that could not be compared again',
    [[whole], UNCHANGED, true],
    [
      [0, 2, true],
      [3, 5, true],
      [6, 8, true],
    ],
  ],
] as const)('of %s', (_, difference, expected) => {
  expect(shownIn(...(difference as unknown as Parameters<typeof known>))).toEqual(expected);
});

/** `<s>`, `a`, `\n` and `b` of a prompt, where the document has `"a\nb"`: what the template adds stands in none of it. */
const part = {
  starts: Uint32Array.of(1, 1, 2, 4),
  ends: Uint32Array.of(1, 2, 4, 5),
  apart: { text: '<s>a\nb', starts: Uint32Array.of(0, 3, 4, 5), ends: Uint32Array.of(3, 4, 5, 6) },
} as unknown as ReadingPart;

test.each([
  [
    'pairs of tokens',
    { sameVocabulary: true, tokens: { positionsA: Uint32Array.of(1, 2, 3) } },
    [
      [1, 2],
      [2, 4],
      [4, 5],
    ],
  ],
  [
    'shared spans',
    {
      sameVocabulary: false,
      spans: [
        { start: 3, end: 5 },
        { start: 5, end: 6 },
      ],
    },
    [
      [1, 4],
      [4, 5],
    ],
  ],
  [
    'a span with something of the template: nowhere',
    { sameVocabulary: false, spans: [{ start: 0, end: 4 }] },
    [[1, 1]],
  ],
])('where they stand in a document that holds the text in pieces: %s', (_, compared, expected) => {
  expect(placesOf(compared as never, part).map(({ start, end }) => [start, end])).toEqual(expected);
});
