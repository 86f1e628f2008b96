import type { LayerKind } from '../model/config';
import { MAX_BLOCK } from '../model/graphs/ports';

/**
 * What a score that must not count is lowered by. Finite, because the entropy multiplies scores by weights and 0 times
 * infinity is no number; low enough that exp() of it is exactly 0.
 */
const MASKED = -1e9;

/** Queries at positions [from, from + queries) over the keys [firstKey, firstKey + keys). */
export interface MaskShape {
  from: number;
  queries: number;
  keys: number;
  firstKey?: number;
  /** A query sees so many keys, itself included; undefined where it sees all before it. */
  slidingWindow?: number | undefined;
}

/**
 * The causal mask of some queries and keys: [query, key].
 *
 * @param room memory to write it to; new memory otherwise, which is 0 already.
 */
export function causalMask(
  { from, queries, keys, firstKey = 0, slidingWindow = Number.POSITIVE_INFINITY }: MaskShape,
  room?: Float32Array,
): Float32Array {
  const mask = room?.subarray(0, queries * keys).fill(0) ?? new Float32Array(queries * keys);
  for (let query = 0; query < queries; query++) {
    const position = from + query - firstKey;
    const outside = position - slidingWindow + 1;
    if (outside > 0) mask.fill(MASKED, query * keys, query * keys + outside);
    mask.fill(MASKED, query * keys + position + 1, (query + 1) * keys);
  }
  return mask;
}

/**
 * The first key of those that queries from a position on are held against: of a sliding window not all, but whole blocks of
 * thumbnails, and one key at least that none of them sees, so that the first one is always left out of a block's maximum.
 */
export function firstKeyFor({ slidingWindow }: LayerKind, from: number): number {
  if (slidingWindow === undefined) return 0;
  return Math.max(0, Math.floor((from - slidingWindow) / MAX_BLOCK) * MAX_BLOCK);
}

/** Takes some keys from all queries after them: a token still sees itself. @param mask as `causalMask` made it, changed in place */
export function hideKeys(
  mask: Float32Array,
  { from, queries, keys, firstKey = 0 }: MaskShape,
  hidden: readonly number[],
): Float32Array {
  for (const key of hidden) {
    if (key < firstKey) continue;
    for (let query = Math.max(0, key + 1 - from); query < queries; query++)
      mask[query * keys + key - firstKey] = MASKED;
  }
  return mask;
}

/** Lets queries that stand for no token look at key 0 alone, so that what they add to a sum is known. */
export function maskPadding(mask: Float32Array, firstPadding: number, keys: number): void {
  mask.fill(MASKED, firstPadding * keys);
  for (let at = firstPadding * keys; at < mask.length; at += keys) mask[at] = 0;
}
