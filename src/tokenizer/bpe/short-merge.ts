import type { Merges } from './merges';
import type { Symbols } from './symbols';

/** Rows of up to this many symbols are merged by looking through them; a heap pays only above it. */
export const SHORT = 256;

const NEVER = 0x7fffffff;
const UNKNOWN = -1;
/** Of each symbol: the pair it makes with the next one, that pair's rank, and where the row goes on. */
const pairs = new Int32Array(SHORT);
const ranks = new Int32Array(SHORT);
const next = new Uint16Array(SHORT);

/** Merges a row of at most `SHORT` symbols, the lowest rank first and of several the leftmost, until none is left. */
export function mergeShort(symbols: Symbols, merges: Merges): void {
  const { ids, ends, count } = symbols;
  for (let at = 0; at < count; at++) {
    next[at] = at + 1;
    ranks[at] = UNKNOWN;
  }
  for (;;) {
    let best = -1;
    let beforeBest = -1;
    let bestRank = NEVER;
    for (let at = 0, before = -1; at < count; before = at, at = next[at] ?? count) {
      if (ranks[at] === UNKNOWN) rank(at, symbols, merges);
      const candidate = ranks[at] ?? NEVER;
      if (candidate >= bestRank) continue;
      bestRank = candidate;
      best = at;
      beforeBest = before;
    }
    if (best < 0) break;
    const right = next[best] ?? count;
    ids[best] = merges.tokenOf(pairs[best] ?? 0);
    ends[best] = ends[right] ?? 0;
    next[best] = next[right] ?? count;
    ranks[best] = UNKNOWN;
    if (beforeBest >= 0) ranks[beforeBest] = UNKNOWN;
  }
  compact(symbols);
}

function rank(at: number, { ids, count }: Symbols, merges: Merges): void {
  const right = next[at] ?? count;
  const pair = right < count ? merges.pairOf(ids[at] ?? 0, ids[right] ?? 0) : -1;
  pairs[at] = pair;
  ranks[at] = pair < 0 ? NEVER : merges.rankOf(pair);
}

function compact(symbols: Symbols): void {
  const { ids, starts, ends, count } = symbols;
  let kept = 0;
  for (let at = 0; at < count; at = next[at] ?? count) {
    ids[kept] = ids[at] ?? 0;
    starts[kept] = starts[at] ?? 0;
    ends[kept] = ends[at] ?? 0;
    kept++;
  }
  symbols.count = kept;
}
