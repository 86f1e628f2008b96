/**
 * What a score that must not count is lowered by. Finite, because the entropy multiplies scores by weights and 0 times
 * infinity is no number; low enough that exp() of it is exactly 0.
 */
const MASKED = -1e9;

/**
 * The causal mask of queries at positions [from, from + queries) over the keys [0, keys): [query, key].
 *
 * @param room memory to write it to; new memory otherwise, which is 0 already.
 */
export function causalMask(from: number, queries: number, keys: number, room?: Float32Array): Float32Array {
  const mask = room?.subarray(0, queries * keys).fill(0) ?? new Float32Array(queries * keys);
  for (let query = 0; query < queries; query++) mask.fill(MASKED, query * keys + from + query + 1, (query + 1) * keys);
  return mask;
}

/** Lets queries that stand for no token look at key 0 alone, so that what they add to a sum is known. */
export function maskPadding(mask: Float32Array, firstPadding: number, keys: number): void {
  mask.fill(MASKED, firstPadding * keys);
  for (let at = firstPadding * keys; at < mask.length; at += keys) mask[at] = 0;
}
