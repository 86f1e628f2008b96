import type { Merges } from './merges';
import type { Symbols } from './symbols';

/** Pieces of up to this many symbols are merged by looking through the row; a heap pays only above it. */
export const SHORT = 96;

const NEVER = 0x7fffffff;
const ranks = new Int32Array(SHORT);
const pairs = new Int32Array(SHORT);

/** Merges a row of at most `SHORT` symbols, the lowest rank first and of several the leftmost, until none is left. */
export function mergeShort(symbols: Symbols, merges: Merges): void {
  const { ids, starts, ends } = symbols;
  let count = symbols.count;
  for (let i = 0; i + 1 < count; i++) rank(i, ids, merges);
  while (count > 1) {
    let best = 0;
    let bestRank = NEVER;
    for (let i = 0; i + 1 < count; i++) {
      const candidate = ranks[i] ?? NEVER;
      if (candidate < bestRank) {
        bestRank = candidate;
        best = i;
      }
    }
    if (bestRank === NEVER) break;
    ids[best] = merges.tokenOf(pairs[best] ?? 0);
    ends[best] = ends[best + 1] ?? 0;
    count--;
    for (let i = best + 1; i < count; i++) {
      ids[i] = ids[i + 1] ?? 0;
      starts[i] = starts[i + 1] ?? 0;
      ends[i] = ends[i + 1] ?? 0;
      ranks[i] = ranks[i + 1] ?? 0;
      pairs[i] = pairs[i + 1] ?? 0;
    }
    if (best > 0) rank(best - 1, ids, merges);
    if (best + 1 < count) rank(best, ids, merges);
  }
  symbols.count = count;
}

function rank(i: number, ids: Int32Array, merges: Merges): void {
  const pair = merges.pairOf(ids[i] ?? 0, ids[i + 1] ?? 0);
  pairs[i] = pair;
  ranks[i] = pair < 0 ? NEVER : merges.rankOf(pair);
}
