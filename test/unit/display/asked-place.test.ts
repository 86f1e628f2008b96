import { describe, expect, test } from 'vitest';
import { askedAt, openingPlace } from '../../../src/display/asked-place';
import type { Predictions } from '../../../src/shared/engine-api';
import type { Subject } from '../../../src/shared/inspector-api';

/** A text of one-letter tokens. */
function subjectOf(text: string, shown = [{ start: 0, end: text.length }]): Subject {
  const starts = Uint32Array.from(text, (_, i) => i);
  const read = { trace: 1, ids: starts, starts, ends: starts.map((start) => start + 1) };
  return { revision: 1, title: '', text, shown, cut: 0, stale: false, read };
}

/** Two alternatives after each of three tokens. */
const predictions = {
  topK: 2,
  topIdsAfter: Uint32Array.of(7, 8, 9, 5, 6, 4),
  topLogprobsAfter: Float32Array.of(-0.1, -3, -0.2, -2, -0.3, -1),
} as Predictions;

describe('the place that is asked about', () => {
  test('is what comes next, where the text breaks off', () => {
    expect(openingPlace(subjectOf('abc'), [Number.NaN, -9, -1])).toBe(3);
  });

  test('is else the most surprising token that has some text before it', () => {
    expect(openingPlace(subjectOf('abcde.'), [Number.NaN, -19, -1, -2, -8, -1])).toBe(4);
  });

  test('is one that is shown', () => {
    expect(openingPlace(subjectOf('abcdef', [{ start: 2, end: 4 }]), [Number.NaN, -1, -2, -3, -4, -5])).toBe(3);
  });

  test('is nowhere in a text without tokens', () => {
    expect(openingPlace(subjectOf(''), [])).toBeUndefined();
  });
});

describe('what is asked', () => {
  test.each([
    ['of the token that stands there, against the first guess', [1, 8, 9], 1, {}, { token: 8, against: 7 }],
    ['of the first guess that stands there, against the second', [1, 7, 9], 1, {}, { token: 7, against: 8 }],
    ['of the first guess after the end', [1, 8, 9], 3, {}, { token: 6, against: 4 }],
    ['of what was chosen', [1, 8, 9], 2, { token: 3, against: 2 }, { token: 3, against: 2 }],
    ['never against the same token', [1, 8, 9], 2, { token: 5, against: 5 }, { token: 5, against: 9 }],
  ] as const)('is %s', (_, ids, position, chosen, asked) => {
    expect(askedAt(predictions, ids, position, chosen)).toEqual({ position, ...asked });
  });
});
