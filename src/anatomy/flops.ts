import type { AnatomyLayer, ModelAnatomy } from '../shared/anatomy-api';

/** Floating-point operations of one pass, by what they are spent on: a multiplication and an addition are two. */
export interface ForwardFlops {
  /** Products with the matrices of attention, which every token has alone. */
  attention: number;
  /** Products of queries with keys, and of weights with values: what grows with the square of the length. */
  scores: number;
  mlp: number;
  unembedding: number;
  total: number;
}

/** Whether a query is multiplied by every key, as a product of whole matrices does, or only by those that it may see. */
export type ScoreMask = 'full' | 'causal';

/** Of a state S that a gated delta rule carries: read by the key, added to, and read by the query (Yang et al. 2024, arXiv 2412.06464). */
const STATE_PRODUCTS = 3;

/**
 * Operations of reading a text, products of matrices alone, as nanoGPT's `transformer_sizing.ipynb` and Hoffmann et al.
 * 2022 (arXiv 2203.15556), appendix F, count them: 2 · T · weights, and 4 · H · D for every pair of a query and a key. Every
 * position is unembedded.
 *
 * @param tokens T
 * @param from the first token that is read: those before it are in the cache
 */
export function forwardFlops(
  { tensors, layers }: ModelAnatomy,
  tokens: number,
  mask: ScoreMask,
  from = 0,
): ForwardFlops {
  const read = tokens - from;
  const ofParts = (...parts: readonly string[]) =>
    2 * read * tensors.reduce((sum, { part, products }) => sum + (parts.includes(part) ? products : 0), 0);
  const flops = {
    attention: ofParts('attention'),
    scores: layers.reduce((sum, layer) => sum + layerScores(layer, tokens, mask, from), 0),
    mlp: ofParts('mlp'),
    // A tied embedding is multiplied by here.
    unembedding: ofParts('unembedding', 'embedding'),
  };
  return { ...flops, total: flops.attention + flops.scores + flops.mlp + flops.unembedding };
}

function layerScores({ attention, stateSize }: AnatomyLayer, tokens: number, mask: ScoreMask, from: number): number {
  if (!attention) return 2 * STATE_PRODUCTS * stateSize * (tokens - from);
  const { numAttentionHeads, headDim, slidingWindow } = attention;
  const pairs =
    mask === 'full' ? (tokens - from) * tokens : seenPairs(tokens, slidingWindow) - seenPairs(from, slidingWindow);
  return 4 * numAttentionHeads * headDim * pairs;
}

/** How many keys all queries of a text see together. */
function seenPairs(tokens: number, window = Number.POSITIVE_INFINITY): number {
  const growing = Math.min(tokens, window);
  return (growing * (growing + 1)) / 2 + (tokens - growing) * growing;
}
