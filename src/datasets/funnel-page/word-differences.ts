import type { Span } from '../../shared/filters-api';

/** Texts that differ in more words are not nearly the same: what lies between their common ends is all marked. */
const MOST_EDITS = 1000;

/** Places of the words that stand only in one of two texts, where as many as possible are held against each other in their order. */
export function wordDifferences(left: string, right: string): { left: Span[]; right: Span[] } {
  const [a, b] = [wordsOf(left), wordsOf(right)];
  const isSame = (i: number, j: number) => a[i]?.word === b[j]?.word;
  let from = 0;
  while (from < Math.min(a.length, b.length) && isSame(from, from)) from++;
  let ends = 0;
  while (ends < Math.min(a.length, b.length) - from && isSame(a.length - 1 - ends, b.length - 1 - ends)) ends++;
  const [toA, toB] = [a.length - ends, b.length - ends];
  const shared = sharedWords(toA - from, toB - from, (i, j) => isSame(from + i, from + j));
  const [inA, inB] = [new Set(shared.map(([i]) => from + i)), new Set(shared.map(([, j]) => from + j))];
  return {
    left: spansOf(a, (i) => i >= from && i < toA && !inA.has(i)),
    right: spansOf(b, (j) => j >= from && j < toB && !inB.has(j)),
  };
}

interface Word extends Span {
  word: string;
}

const wordsOf = (text: string): Word[] =>
  Array.from(text.matchAll(/\S+/g), ({ 0: word, index }) => ({ word, start: index, end: index + word.length }));

/** Words that follow each other are one span. */
function spansOf(words: readonly Word[], isOwn: (place: number) => boolean): Span[] {
  const spans: Span[] = [];
  let last = -2;
  for (const [i, { start, end }] of words.entries()) {
    if (!isOwn(i)) continue;
    const before = spans.at(-1);
    if (before && last === i - 1) before.end = end;
    else spans.push({ start, end });
    last = i;
  }
  return spans;
}

/** Of each diagonal, from the one of `-edits - 1` on, how far of the left text so many edits less one can come. */
type Furthest = Int32Array;

/**
 * The longest common subsequence, as pairs of places, by Myers 1986: how far one comes with ever more edits, diagonal by
 * diagonal, until the end is reached; none where it takes too many.
 */
function sharedWords(m: number, n: number, isSame: (i: number, j: number) => boolean): [number, number][] {
  const middle = MOST_EDITS + 2;
  const furthest = new Int32Array(2 * middle + 1);
  const steps: Furthest[] = [];
  for (let edits = 0; edits <= Math.min(MOST_EDITS, m + n); edits++) {
    const before = furthest.slice(middle - edits - 1, middle + edits + 2);
    steps.push(before);
    for (let k = -edits; k <= edits; k += 2) {
      const from = diagonalBefore(before, k, edits);
      let i = (before[from + edits + 1] as number) + (from < k ? 1 : 0);
      while (i < m && i - k < n && isSame(i, i - k)) i++;
      furthest[middle + k] = i;
      if (i >= m && i - k >= n) return pairsBack(m, n, steps);
    }
  }
  return [];
}

/** The neighbour from which one edit more leads furthest on a diagonal: one word of the left text from below, one of the right from above. */
function diagonalBefore(before: Furthest, k: number, edits: number): number {
  const [below, above] = [before[k + edits] as number, before[k + edits + 2] as number];
  return k === -edits || (k !== edits && below < above) ? k + 1 : k - 1;
}

/** The way back from the end: what it has on diagonals is shared. */
function pairsBack(m: number, n: number, steps: readonly Furthest[]): [number, number][] {
  const pairs: [number, number][] = [];
  let [i, j] = [m, n];
  for (let edits = steps.length - 1; edits >= 0; edits--) {
    const before = steps[edits] as Furthest;
    const from = diagonalBefore(before, i - j, edits);
    const reached = edits === 0 ? 0 : (before[from + edits + 1] as number);
    while (i > reached && j > (edits === 0 ? 0 : reached - from)) pairs.push([--i, --j]);
    [i, j] = [reached, reached - from];
  }
  return pairs.reverse();
}
