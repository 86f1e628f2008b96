import fc from 'fast-check';
import { expect, it } from 'vitest';
import { possibleNeighbours } from '../../../src/inspector/record/possible-neighbours';
import { type MergeNode, pairKey } from '../../../src/shared/inspector-api';
import { createTokenizer, type Derivation, isMerge } from '../../../src/tokenizer';
import { mergeRows, neighboursIn, numbersOf } from '../../../webviews/views/tokens/working-merge-steps';
import { defaultVocabulary } from '../../support/vocabularies';

const vocabulary = defaultVocabulary();
const tokenizer = createTokenizer(vocabulary);
const ranks = new Map(vocabulary.merges?.map((merge, rank) => [merge, rank]));

/** Byte-pair encoding as its paper has it, over the list of merges: the row before the first merge, and after each. */
function textbookRows(bytes: readonly string[]): string[][] {
  const rows = [[...bytes]];
  for (;;) {
    const row = rows.at(-1) as string[];
    const pairs = row
      .slice(1)
      .map((right, at) => ({ at, rank: ranks.get(`${row[at]} ${right}`) ?? Number.POSITIVE_INFINITY }));
    const [first] = pairs.toSorted((one, other) => one.rank - other.rank || one.at - other.at);
    if (!first || first.rank === Number.POSITIVE_INFINITY) return rows;
    rows.push(row.toSpliced(first.at, 2, `${row[first.at]}${row[first.at + 1]}`));
  }
}

const nodeOf = (tree: Derivation): MergeNode => ({
  id: tree.id,
  label: '',
  ...(isMerge(tree) && { merge: { rank: tree.rank, left: nodeOf(tree.left), right: nodeOf(tree.right) } }),
});

const numbersIn = (pairs: [number, number][]): Record<string, number> =>
  Object.fromEntries(
    pairs.flatMap((pair) => {
      const rank = tokenizer.mergeRank(...pair);
      return rank === undefined ? [] : [[pairKey(pair), rank]];
    }),
  );

it('steps through the merges of a word as byte-pair encoding of its bytes does, with the number of every pair', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^ ?([a-z]{1,20}|[áéñüß]{1,6}|[A-Z][a-z]{1,12})$/), (word) => {
      const ids = [...tokenizer.encode(word).ids];
      const nodes = ids.map((id) => nodeOf(tokenizer.derivation(id) ?? { id }));
      const rows = mergeRows(nodes);
      const texts = rows.map(({ pieces }) => pieces.map(({ id }) => vocabulary.tokens[id] as string));
      expect(texts).toEqual(textbookRows(texts[0] as string[]));
      expect(texts.at(-1)).toEqual(ids.map((id) => vocabulary.tokens[id]));
      const shown = numbersIn(neighboursIn(rows));
      const numbers = texts.map((row) => row.slice(1).map((right, at) => ranks.get(`${row[at]} ${right}`)));
      expect(rows.map((row) => numbersOf(row, shown))).toEqual(numbers);
      // What an exported page keeps says the same.
      expect(numbersIn(possibleNeighbours(nodes))).toMatchObject(shown);
    }),
    { numRuns: 300, examples: [[' recalibrated'], [' antidisestablishment'], ['Mississippi'], [' aaaaaaaaaaaa']] },
  );
});
