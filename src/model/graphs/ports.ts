/*
 * The names under which a run feeds the graphs and asks them for results: the contract between `src/model` and `src/engine`.
 * L: layers, H: heads, G: query heads that share a key-value head, D: a head's width, C: the model's width.
 * T: positions of this run, S: all positions so far, B: positions of a thumbnail's block (it divides both).
 */

/** Inputs and outputs of the decoder: embedding and layers. */
export const DECODER = {
  /** int64 [T] */
  ids: 'ids',
  /** int64 [1, T] */
  positions: 'positions',
  /** float32 [T, S], added to the attention scores: 0 where a query may look, very negative elsewhere. */
  mask: 'mask',
  /** int64 [1, T, TRACKED_KEYS.length]: the keys whose weight is asked for, for every query. */
  trackedKeys: 'trackedKeys',
  /** int64 [1]: B */
  block: 'block',
  /** float32 [L, H]: each head's output is multiplied by its entry; 1 leaves it, 0 ablates it. */
  headMask: 'headMask',
  /** float32 [S - T, D]: keys (rotated) and values of the positions before this run, for every key-value head. */
  pastKey: (layer: number, head: number) => `past.key.${layer}.${head}`,
  pastValue: (layer: number, head: number) => `past.value.${layer}.${head}`,
  /** float32 [T, D]: the same of this run's positions. */
  key: (layer: number, head: number) => `key.${layer}.${head}`,
  value: (layer: number, head: number) => `value.${layer}.${head}`,
  /** float32 [T, C]: the residual stream that enters a layer; number L is the one that leaves the last. */
  residual: (layer: number) => `residual.${layer}`,
  /** float32 [L·H, T, TRACKED_KEYS.length]: the attention weight on each tracked key. */
  trackedWeights: 'heads.tracked.weights',
  /** float32 [L·H, T]: entropy of the attention pattern's row, in bits. */
  entropy: 'heads.entropy',
  /** float32 [L·H, T/B, S/B]: the largest weight in a block, key 0 left out. */
  blockMaximum: 'heads.block.maximum',
  /** float32 [L·H, T/B, S/B]: the sum of the weights in a block. */
  blockSum: 'heads.block.sum',
} as const;

/** What the tracked keys are, in the order of the last axis of `trackedKeys` and `trackedWeights`. */
export const TRACKED_KEYS = ['previous', 'first', 'self', 'induction'] as const;

/** The largest B: a text's thumbnail has a row and a column for every 64 positions. */
export const MAX_BLOCK = 64;

/**
 * Inputs and outputs of one layer, whichever it is, over B sequences of the same R positions, N = B·R, one after another.
 */
export const LAYER = {
  /** float32 [N, C]: the residual stream that enters it. */
  residual: 'residual',
  /** int64 [1, N] */
  positions: 'positions',
  /** float32 [R, S], as the decoder's. */
  mask: 'mask',
  /** float32 [B, H]: headMask of the heads, which every sequence has its own of. */
  headMask: 'headMask',
  /** int64 [M]: of the N rows, those that are asked for. Only they go on after the keys and values of all. */
  rows: 'rows',
  /** float32 [B, KV, S - R, D]: keys (rotated) and values of each sequence's positions before these. */
  pastKeys: 'past.keys',
  pastValues: 'past.values',
  /** The layer's weights, each by its name among the architecture's, without the layer's number. */
  weight: (name: string) => `weight.${name}`,
  /** float32 [B, KV, S, D]: the same of all positions. */
  keys: 'keys',
  values: 'values',
  /** float32 [M, C]: the residual stream that leaves it. */
  next: 'next',
} as const;

/** Inputs and outputs of the unembedding: from the residual stream to statistics of the distribution. */
export const UNEMBEDDING = {
  /** float32 [N, C] */
  residual: 'residual',
  /** int64 [N]: the token whose probability is asked for. */
  target: 'target',
  /** float32 [N, V], and float32 [N, 1]: a token's log-probability is its logit less ln Z. */
  logits: 'logits',
  logZ: 'log.z',
  /** float32 [N]: the target's. */
  logprob: 'logprob',
  /** int64 [N]: how many tokens are more probable than the target. */
  rank: 'rank',
  /** float32 [N], in bits. */
  entropy: 'entropy',
  /** float32 and int64 [N, TOP_K]: the most probable tokens, the first first. */
  topLogprobs: 'top.logprobs',
  topIds: 'top.ids',
} as const;

/** How many of the most probable tokens a run gives for every position. */
export const TOP_K = 50;

/** Inputs and outputs of the projection to queries or keys of n heads of one layer, at N positions. */
export const PROJECTION = {
  /** float32 [N, C]: the residual stream that enters the layer. */
  residual: 'residual',
  /** int64 [1, N] */
  positions: 'positions',
  /** The layer's weights. float32 [C], [n·D, C] */
  norm: 'norm',
  weight: 'weight',
  /** float32 [N, n·D]: rotated by their positions, and queries scaled by 1/√D. */
  projected: 'projected',
} as const;

/** Inputs and outputs of the attention lens: heads of one layer that share a key-value head. R queries, K keys. */
export const ATTENTION = {
  /** float32 [R, G·D] and [K, D], as the projection gives them. */
  queries: 'queries',
  keys: 'keys',
  /** float32 [R, K], as the decoder's. */
  mask: 'mask',
  /** int64 [1] each: rows and columns of a pooled block; they divide R and K. */
  blockRows: 'block.rows',
  blockColumns: 'block.columns',
  /** float32 [G, R, K]: attention weights. */
  pattern: 'pattern',
  /** float32 [G, R/rows, K/columns]: the largest and the mean weight of a block. */
  blockMaximum: 'block.maximum',
  blockMean: 'block.mean',
} as const;
