import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignWords } from '../../../src/datasets/duplicates/align-words';
import { clustersOf } from '../../../src/datasets/duplicates/clusters';
import { ExactDuplicatesFilter } from '../../../src/datasets/filters/exact-duplicates';
import type { Span } from '../../../src/shared/filters-api';
import { copiesAmong } from './copies-among';

describe('exact duplicates', () => {
  it('are the texts that a set has already', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('', 'a', 'A', 'a ', 'ñ', 'n\u0303', 'x'.repeat(40), 'x'.repeat(41))),
        async (texts) => {
          const { copies, similarities } = await copiesAmong(new ExactDuplicatesFilter(), texts);
          const removed = [...similarities].map((number) => number > 0);
          expect(removed).toEqual(texts.map((text, index) => texts.indexOf(text) < index));
          const firsts = clustersOf(copies, texts.length, () => true, 0);
          expect([...firsts]).toEqual(texts.map((text) => texts.indexOf(text)));
        },
      ),
    );
  });
});

describe('two texts word by word', () => {
  const without = (text: string, spans: Span[]) =>
    spans.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
  const words = (text: string) => text.split(/\s+/).filter((word) => word !== '');

  it.each([
    ['the cat sat', 'the cat sat', [], []],
    ['the  cat\nsat', 'the cat sat', [], []],
    ['the black cat sat', 'the cat sat down here', ['black'], ['down here']],
    ['one two three', 'four five', ['one two three'], ['four five']],
    ['', 'all new', [], ['all new']],
    ['It cost 5 euros.', 'It cost 7 euros!', ['5', '.'], ['7', '!']],
  ])('%j and %j', (left, right, onlyLeft, onlyRight) => {
    const spans = alignWords(left, right);
    expect(spans.left.map(({ start, end }) => left.slice(start, end))).toEqual(onlyLeft);
    expect(spans.right.map(({ start, end }) => right.slice(start, end))).toEqual(onlyRight);
  });

  it('have in common what is left, and no more could be', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 12 }).map((parts) => parts.join(' '));
    fc.assert(
      fc.property(text, text, (left, right) => {
        const spans = alignWords(left, right);
        const common = words(without(left, spans.left));
        expect(words(without(right, spans.right))).toEqual(common);
        expect(common.length).toBe(longestCommon(words(left), words(right)));
      }),
    );
  });

  it('end in time where they have nothing in common', () => {
    const text = (word: string) => Array.from({ length: 5000 }, (_, i) => word + i).join(' ');
    expect(alignWords(text('left'), text('right')).left).toEqual([{ start: 0, end: text('left').length }]);
  });
});

function longestCommon(a: string[], b: string[]): number {
  let row = new Array(b.length + 1).fill(0);
  for (const word of a) {
    const next = [0];
    b.forEach((other, i) => {
      next.push(word === other ? row[i] + 1 : Math.max(row[i + 1], next[i] as number));
    });
    row = next;
  }
  return row[b.length];
}
