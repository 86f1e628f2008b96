import fc from 'fast-check';
import { expect, it } from 'vitest';
import { wordDifferences } from '../../../../src/datasets/funnel-page/word-differences';
import type { Span } from '../../../../src/shared/filters-api';

const marked = (text: string, spans: Span[]) => spans.map(({ start, end }) => text.slice(start, end));

it.each([
  ['one two three', 'one two three', [], []],
  ['one two three', 'one 2 three', ['two'], ['2']],
  ['a b c d', 'b c d e', ['a'], ['e']],
  ['the sea, the sea', 'the sea', ['sea, the'], []],
  ['', 'all new', [], ['all new']],
])('marks what stands only in one of %j and %j', (left, right, inLeft, inRight) => {
  const { left: a, right: b } = wordDifferences(left, right);
  expect([marked(left, a), marked(right, b)]).toEqual([inLeft, inRight]);
});

it('leaves the same words in both, as many as any pairing can', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 }).map((words) => words.join(' '));
  fc.assert(
    fc.property(text, text, (left, right) => {
      const spans = wordDifferences(left, right);
      const [a, b] = [unmarked(left, spans.left), unmarked(right, spans.right)];
      expect(a).toEqual(b);
      expect(a.length).toBe(longestShared(left.match(/\S/g) ?? [], right.match(/\S/g) ?? []));
    }),
  );
});

const unmarked = (text: string, spans: Span[]) =>
  [...text.matchAll(/\S+/g)]
    .filter(({ index }) => !spans.some(({ start, end }) => index >= start && index < end))
    .map(([word]) => word);

/** By the textbook's table. */
function longestShared(a: string[], b: string[]): number {
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (const [i, x] of a.entries())
    for (const [j, y] of b.entries()) {
      const row = table[i + 1] as number[];
      row[j + 1] =
        x === y
          ? ((table[i] as number[])[j] as number) + 1
          : Math.max(row[j] as number, (table[i] as number[])[j + 1] as number);
    }
  return (table[a.length] as number[])[b.length] as number;
}
