import { Heap } from './heap';
import type { Merges } from './merges';
import type { Symbols } from './symbols';

/** A heap key is rank and place in one number: ranks stay under 2^21 and places under 2^32. */
const PLACES = 2 ** 32;

/**
 * Merges a long row in n log n steps, with a linked list and a heap, and in slices, so that a megabyte without a
 * space holds nobody up. Gives exactly what `mergeShort` would.
 */
export class LongMerge {
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  /** The pair of the symbol and the one after it, -1 where they do not merge. */
  private readonly pairs: Int32Array;
  /** A merge takes at least one key out and puts at most two in. */
  private readonly heap: Heap;
  private linked = 0;

  constructor(
    private readonly symbols: Symbols,
    private readonly merges: Merges,
  ) {
    this.next = new Int32Array(symbols.count);
    this.previous = new Int32Array(symbols.count);
    this.pairs = new Int32Array(symbols.count);
    this.heap = new Heap(2 * symbols.count);
  }

  /** Goes on for about `steps` steps. @returns whether the row is merged */
  run(steps: number): boolean {
    const { count } = this.symbols;
    let left = steps;
    for (; this.linked < count && left > 0; left--) this.link(this.linked++);
    for (; left > 0 && !this.heap.isEmpty; left--) this.mergeNext();
    if (this.linked < count || !this.heap.isEmpty) return false;
    this.compact();
    return true;
  }

  private link(at: number): void {
    this.previous[at] = at - 1;
    this.next[at] = at + 1;
    this.rank(at);
  }

  private mergeNext(): void {
    const key = this.heap.pop();
    const rank = Math.floor(key / PLACES);
    const at = key - rank * PLACES;
    const pair = this.pairs[at] ?? -1;
    // Keys of pairs that are no more stay in the heap until they come up.
    if (pair < 0 || this.merges.rankOf(pair) !== rank) return;
    const { ids, ends } = this.symbols;
    const right = this.next[at] ?? 0;
    const after = this.next[right] ?? 0;
    ids[at] = this.merges.tokenOf(pair);
    ends[at] = ends[right] ?? 0;
    this.pairs[right] = -1;
    this.next[at] = after;
    if (after < this.symbols.count) this.previous[after] = at;
    this.rank(at);
    if (at > 0) this.rank(this.previous[at] ?? 0);
  }

  private rank(at: number): void {
    const { ids, count } = this.symbols;
    const right = this.next[at] ?? count;
    const pair = right < count ? this.merges.pairOf(ids[at] ?? 0, ids[right] ?? 0) : -1;
    this.pairs[at] = pair;
    if (pair >= 0) this.heap.push(this.merges.rankOf(pair) * PLACES + at);
  }

  private compact(): void {
    const { ids, starts, ends, count } = this.symbols;
    let kept = 0;
    for (let at = 0; at < count; at = this.next[at] ?? count) {
      ids[kept] = ids[at] ?? 0;
      starts[kept] = starts[at] ?? 0;
      ends[kept] = ends[at] ?? 0;
      kept++;
    }
    this.symbols.count = kept;
  }
}
