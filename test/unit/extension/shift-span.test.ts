import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isReplaced, shiftSpan } from '../../../src/extension/readings/changed-part';

const span = { start: 10, end: 20 };

it.each([
  ['an insertion before it', { rangeOffset: 3, rangeLength: 0, text: 'abc' }, { start: 13, end: 23 }],
  ['an insertion at its start', { rangeOffset: 10, rangeLength: 0, text: 'abc' }, { start: 13, end: 23 }],
  ['an insertion within', { rangeOffset: 15, rangeLength: 0, text: 'abc' }, { start: 10, end: 23 }],
  ['an insertion at its end', { rangeOffset: 20, rangeLength: 0, text: 'abc' }, { start: 10, end: 20 }],
  ['a change behind it', { rangeOffset: 25, rangeLength: 4, text: '' }, { start: 10, end: 20 }],
  ['a deletion within', { rangeOffset: 12, rangeLength: 5, text: '' }, { start: 10, end: 15 }],
  ['a deletion across its start', { rangeOffset: 5, rangeLength: 10, text: '' }, { start: 5, end: 10 }],
  ['a deletion across its end', { rangeOffset: 15, rangeLength: 10, text: '' }, { start: 10, end: 15 }],
  ['a deletion of all of it', { rangeOffset: 5, rangeLength: 30, text: '' }, { start: 5, end: 5 }],
  ['a replacement of all of it', { rangeOffset: 10, rangeLength: 10, text: 'new' }, { start: 10, end: 13 }],
])('moves a span with %s', (_, change, expected) => {
  expect(shiftSpan(span, change)).toEqual(expected);
});

it.each([
  ['a replacement of all of it', { rangeOffset: 10, rangeLength: 10, text: 'new' }, true],
  ['a deletion of more', { rangeOffset: 5, rangeLength: 30, text: '' }, true],
  ['an insertion at its start', { rangeOffset: 10, rangeLength: 0, text: 'abc' }, false],
  ['a deletion of all but its end', { rangeOffset: 10, rangeLength: 9, text: '' }, false],
])('is nothing any longer after %s: %s', (_, change, expected) => {
  expect(isReplaced(span, change)).toBe(expected);
});

it('holds the same characters after a change elsewhere, and a span of the text after any change', () => {
  const offset = fc.nat({ max: 60 });
  fc.assert(
    fc.property(
      fc.string({ minLength: 60, maxLength: 60 }),
      offset,
      offset,
      offset,
      offset,
      fc.string(),
      (...drawn) => {
        const [text, a, b, c, d, inserted] = drawn;
        const before = { start: Math.min(a, b), end: Math.max(a, b) };
        const [from, to] = [Math.min(c, d), Math.max(c, d)];
        const changed = text.slice(0, from) + inserted + text.slice(to);
        const { start, end } = shiftSpan(before, { rangeOffset: from, rangeLength: to - from, text: inserted });
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(changed.length);
        if (to <= before.start || from >= before.end) {
          expect(changed.slice(start, end)).toBe(text.slice(before.start, before.end));
        }
      },
    ),
  );
});
