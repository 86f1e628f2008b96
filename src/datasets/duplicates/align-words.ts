import type { Span } from '../../shared/filters-api';
import { Words } from '../text/words';

/** Words that are taken out or put in until two texts are held for different from there on, so that nobody waits. */
const MOST_EDITS = 1000;

/** Of two texts what stands only in the one, and only in the other: words next to each other are one span. */
export interface WordDifferences {
  left: Span[];
  right: Span[];
}

/**
 * Holds two texts against each other word by word, with as few words as possible that stand in one alone (Myers, "An O(ND)
 * difference algorithm and its variations", 1986). White space does not count.
 */
export function alignWords(left: string, right: string): WordDifferences {
  const words = { left: new Words(left), right: new Words(right) };
  const numbers = new Map<string, number>();
  const a = numbered(words.left, numbers);
  const b = numbered(words.right, numbers);
  const { inA, inB } = commonWords(a, b);
  return { left: spansOf(words.left, inA), right: spansOf(words.right, inB) };
}

function numbered(words: Words, numbers: Map<string, number>): Int32Array {
  return Int32Array.from({ length: words.count }, (_, i) => {
    const word = words.text.slice(words.start(i), words.end(i));
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    return number;
  });
}

/** Which words of each are also in the other, in the same order. */
function commonWords(a: Int32Array, b: Int32Array): { inA: Uint8Array; inB: Uint8Array } {
  const [inA, inB] = [new Uint8Array(a.length), new Uint8Array(b.length)];
  const paths = furthestPaths(a, b);
  let end = bestEnd(paths, a.length, b.length);
  for (let edits = paths.length - 1; edits >= 0; edits--) {
    const { before, start } = stepTo(paths, edits, end.diagonal);
    inA.fill(1, start, end.x);
    inB.fill(1, start - end.diagonal, end.x - end.diagonal);
    end = before;
  }
  return { inA, inB };
}

/** How far into `a` one comes on a diagonal, which is how much further that is than into `b`. */
interface End {
  diagonal: number;
  x: number;
}

/** Of each number of edits, of each diagonal from −edits to edits, how far into `a` one comes; to the end of both or as many edits as are tried. */
function furthestPaths(a: Int32Array, b: Int32Array): Int32Array[] {
  const paths: Int32Array[] = [];
  for (let edits = 0; edits <= MOST_EDITS; edits++) {
    const reached = new Int32Array(2 * edits + 1);
    paths.push(reached);
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let { start: x } = stepTo(paths, edits, diagonal);
      while (x < a.length && x - diagonal < b.length && a[x] === b[x - diagonal]) x++;
      reached[edits + diagonal] = x;
      if (x >= a.length && x - diagonal >= b.length) return paths;
    }
  }
  return paths;
}

/** The last edit on the best way to a diagonal: where that began, and where on the diagonal it ended. */
function stepTo(paths: Int32Array[], edits: number, diagonal: number): { before: End; start: number } {
  if (edits === 0) return { before: { diagonal: 0, x: 0 }, start: 0 };
  const reached = (at: number) => paths[edits - 1]?.[edits - 1 + at] ?? -1;
  const isFromAbove = diagonal === -edits || (diagonal !== edits && reached(diagonal - 1) < reached(diagonal + 1));
  const from = isFromAbove ? diagonal + 1 : diagonal - 1;
  const x = reached(from);
  return { before: { diagonal: from, x }, start: isFromAbove ? x : x + 1 };
}

/** Of the last edits, the end that is furthest into both. */
function bestEnd(paths: Int32Array[], lengthA: number, lengthB: number): End {
  const edits = paths.length - 1;
  let best: End = { diagonal: 0, x: 0 };
  for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
    const x = paths[edits]?.[edits + diagonal] as number;
    const isWithin = x <= lengthA && x - diagonal <= lengthB;
    if (isWithin && 2 * x - diagonal > 2 * best.x - best.diagonal) best = { diagonal, x };
  }
  return best;
}

/** Words that are not common, as spans. */
function spansOf(words: Words, isCommon: Uint8Array): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i < words.count; i++) {
    if (isCommon[i] === 1) continue;
    const last = spans.at(-1);
    if (last && i > 0 && isCommon[i - 1] === 0) last.end = words.end(i);
    else spans.push({ start: words.start(i), end: words.end(i) });
  }
  return spans;
}
