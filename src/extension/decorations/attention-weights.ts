/** How a query spread its attention. */
export interface QueryAttention {
  /** [key], for the keys 0 to the query; each from 0 to 1. */
  weights: Float32Array;
  /** The share that key 0 took where it is masked, and 0 otherwise; what is left is not scaled up. */
  masked: number;
  /** The largest weight that is shown. */
  largest: number;
}

/**
 * One head's attention, or the mean of all.
 *
 * @param patterns [layer, head, key]
 * @param heads how many there are in all the layers.
 * @param head its number over all the layers; undefined for the mean.
 * @param maskSink whether key 0 is left out. It often takes most of the weight without meaning (Xiao et al. 2023, arXiv 2309.17453).
 */
export function queryAttention(
  patterns: Float32Array,
  heads: number,
  head: number | undefined,
  maskSink: boolean,
): QueryAttention {
  const keys = patterns.length / heads;
  const weights = head === undefined ? meanOf(patterns, heads, keys) : patterns.slice(head * keys, (head + 1) * keys);
  // The first token has only itself to attend to.
  const masked = maskSink && keys > 1 ? (weights[0] ?? 0) : 0;
  if (masked > 0) weights[0] = 0;
  return { weights, masked, largest: weights.reduce((a, b) => Math.max(a, b), 0) };
}

function meanOf(patterns: Float32Array, heads: number, keys: number): Float32Array {
  const mean = new Float32Array(keys);
  for (let at = 0; at < patterns.length; at += keys) {
    for (let key = 0; key < keys; key++) mean[key] = (mean[key] as number) + (patterns[at + key] as number);
  }
  return mean.map((sum) => sum / heads);
}
