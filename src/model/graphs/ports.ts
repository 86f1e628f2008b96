/*
 * The names under which a run feeds the graphs and asks them for results: the contract between `src/model` and `src/engine`.
 * L: layers, H: heads, G: query heads that share a key-value head, D: a head's width, C: the model's width.
 * T: positions of this run, S: keys that they may see, B: positions of a thumbnail's block (it divides both).
 * What differs by the kind of a layer has the kind's number in its name: layers with a sliding window see fewer keys, and
 * L is the number of layers of the kind there.
 */

/** Inputs and outputs of the decoder: embedding and layers. */
export const DECODER = {
  /** float32 [T, C]: the tokens' rows of the embedding. */
  embeddings: 'embeddings',
  /** int64 [T], where the architecture has an embedding of positions. */
  positions: 'positions',
  /** float32 [T, D/2]: of the angles of the positions, where the kind rotates. */
  cosines: (kind: number) => `cosines.${kind}`,
  sines: (kind: number) => `sines.${kind}`,
  /** float32 [T, S], added to the attention scores: 0 where a query may look, very negative elsewhere. */
  mask: (kind: number) => `mask.${kind}`,
  /** int64 [1, T, TRACKED_KEYS.length]: the keys whose weight is asked for, for every query. */
  trackedKeys: (kind: number) => `trackedKeys.${kind}`,
  /** int64 [1]: B */
  block: 'block',
  /** float32 [L, H]: each head's output is multiplied by its entry; 1 leaves it, 0 ablates it. All layers. */
  headMask: 'headMask',
  /** float32 [L, C], or 0 in [L, 1]: added to the stream that leaves each layer, before rows of it are replaced. */
  steering: 'steering',
  /** float32 [S - T, D]: keys (rotated) and values of the positions before this run, for every key-value head. */
  pastKey: (layer: number, head: number) => `past.key.${layer}.${head}`,
  pastValue: (layer: number, head: number) => `past.value.${layer}.${head}`,
  /** float32 [T, D]: the same of this run's positions. */
  key: (layer: number, head: number) => `key.${layer}.${head}`,
  value: (layer: number, head: number) => `value.${layer}.${head}`,
  /** int64 [1]: how many of the T positions stand for tokens, where there are layers without attention: only these move a state. */
  tokens: 'tokens',
  /** float32 [1, ..]: what a layer without attention carries, after the tokens before this run and after those of it. */
  pastState: (layer: number, name: string) => `past.state.${layer}.${name}`,
  state: (layer: number, name: string) => `state.${layer}.${name}`,
  /** float32 [T, C]: the residual stream that enters a layer; number L is the one that leaves the last. */
  residual: (layer: number) => `residual.${layer}`,
  /** float32 [L·H, T, TRACKED_KEYS.length]: the attention weight on each tracked key. */
  trackedWeights: (kind: number) => `heads.tracked.weights.${kind}`,
  /** float32 [L·H, T]: entropy of the attention pattern's row, in bits. A sink counts as one more key. */
  entropy: (kind: number) => `heads.entropy.${kind}`,
  /** float32 [L·H, T]: what a row of the attention pattern sums to, where the kind has sinks: the sink has the rest. */
  total: (kind: number) => `heads.total.${kind}`,
  /** float32 [L·H, T/B, S/B]: the largest weight in a block, the first of the S keys left out. */
  blockMaximum: (kind: number) => `heads.block.maximum.${kind}`,
  /** float32 [L·H, T/B, S/B]: the sum of the weights in a block. */
  blockSum: (kind: number) => `heads.block.sum.${kind}`,
  /** int64 and float32 [T, K], of a layer with experts: those that see each token, the strongest first, and their weights. */
  experts: (layer: number) => `experts.${layer}`,
  expertWeights: (layer: number) => `experts.weights.${layer}`,
} as const;

/**
 * Inputs of the decoder and of a layer: rows that a run puts in place of those at sites, P in all, those of the first site
 * first. The sites of the decoder are `siteOf`; those of a layer are what its attention and what its feed-forward part adds.
 */
export const CHANGES = {
  /** int64 [sites]: how many rows of each site, and int64 [P, 1]: which. */
  counts: 'changes.counts',
  rows: 'changes.rows',
  /** float32 [P, C] */
  values: 'changes.values',
} as const;

/**
 * Inputs of every graph that reads a weight to which an adapter adds that is kept apart, by the name that the weight has there:
 * whole in the decoder and in the unembedding, without the layer's number elsewhere. Of weights of which a graph takes some rows
 * or columns: those.
 */
export const ADAPTER = {
  /** float32 [1]: what multiplies all of it. */
  gain: 'adapter.gain',
  /** float32 [out, rank] and [rank, in]: what is added to a matrix is their product. */
  left: (name: string) => `adapter.left.${name}`,
  right: (name: string) => `adapter.right.${name}`,
  /** float32 [out]: what is added to a vector. */
  vector: (name: string) => `adapter.vector.${name}`,
} as const;

/** Places of a layer: the stream that enters it, and what its two parts add. */
export const SITES = ['residual', 'attention', 'mlp'] as const;
export type Site = (typeof SITES)[number];

/** The number of a site of the decoder. What leaves the last layer is the stream that would enter the next. */
export const siteOf = (layer: number, site: Site): number => layer * SITES.length + SITES.indexOf(site);
export const sitesOf = (numHiddenLayers: number): number => siteOf(numHiddenLayers, 'residual') + 1;

/** What the tracked keys are, in the order of the last axis of `trackedKeys` and `trackedWeights`. */
export const TRACKED_KEYS = ['previous', 'first', 'self', 'induction'] as const;

/** The largest B: a text's thumbnail has a row and a column for every 64 positions. */
export const MAX_BLOCK = 64;

/**
 * Inputs and outputs of one layer of a kind, whichever it is, over B sequences of the same R positions, N = B·R, one after
 * another.
 */
export const LAYER = {
  /** float32 [N, C]: the residual stream that enters it. */
  residual: 'residual',
  /** float32 [B, ..], in place of all that follows up to the weights but `rows`, where the layer has no attention: what it carries. */
  pastState: (name: string) => `past.state.${name}`,
  state: (name: string) => `state.${name}`,
  /** float32 [N, D/2], as the decoder's. */
  cosines: 'cosines',
  sines: 'sines',
  /** float32 [1, 1, R, S], as the decoder's, or [B, 1, R, S] where every sequence has its own. */
  mask: 'mask',
  /** int64 [P, 1] and float32 [P, H·D]: rows that a run replaces in what the output matrix reads, as `CHANGES`. */
  headRows: 'heads.rows',
  headValues: 'heads.values',
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
  /** float32 [M, H·D]: what the output matrix reads of the heads. */
  heads: 'heads',
  /** float32 [M, C]: what its attention and its feed-forward part add to the stream, and the stream that leaves it. */
  attention: 'attention',
  mlp: 'mlp',
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

/** Inputs and outputs of the projection to queries and keys of heads of one layer of a kind. K positions. */
export const PROJECTION = {
  /** float32 [K, C]: the residual stream that enters the layer. */
  residual: 'residual',
  /** float32 [K, D/2], as the decoder's. */
  cosines: 'cosines',
  sines: 'sines',
  /** int64 [1]: the first of the R positions that queries are asked of; they go on to the last. */
  first: 'first',
  /** The layer's weights, by their names without the layer's number: those rows of a head's that are asked for. */
  weight: LAYER.weight,
  /** float32 [R, n·D] and [K, m·D], of n heads and m key-value heads. */
  queries: 'queries',
  keys: 'keys',
} as const;

/** Inputs and outputs of the attention lens: heads of one layer of a kind that share a key-value head. R queries, K keys. */
export const ATTENTION = {
  /** float32 [R, G·D] and [K, D], as the projection gives them. */
  queries: 'queries',
  keys: 'keys',
  /** float32 [G], where the kind has sinks. */
  sinks: 'sinks',
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

/**
 * Inputs and outputs of what one layer of a kind adds to the residual stream of the last of K positions, by heads and by
 * what they look at, for a direction in the stream.
 */
export const ATTRIBUTION = {
  /** float32 [K, C]: the residual stream that enters the layer. */
  residual: 'residual',
  /** float32 [1, ..], where the layer has no attention: what it carries before the first position. */
  pastState: LAYER.pastState,
  /** float32 [K, D/2], as the decoder's. */
  cosines: 'cosines',
  sines: 'sines',
  /** float32 [1, K], as the decoder's. */
  mask: 'mask',
  /** float32 [H]: headMask of the heads. */
  headMask: 'headMask',
  /** float32 [1, C]: the direction, among what the layer's parts add to. */
  direction: 'direction',
  /** The layer's weights, by their names without the layer's number. */
  weight: LAYER.weight,
  /** float32 [1, C]: what the layer's heads, or what it has in their place, add. */
  added: 'added',
  /** Of layers with attention alone, float32 [H, K]: attention weights, and what each brings in the direction, its value's bias left out. */
  pattern: 'pattern',
  contributions: 'contributions',
  /** float32 [1]: what the biases of the values and of the output bring. */
  biases: 'biases',
  /** float32 [1, H·D] and [1, KV·D]: of the last position, as attention compares and reads them. */
  query: 'query',
  key: 'key',
  value: 'value',
} as const;

/** Inputs and outputs of the lengths of what heads that share a key-value head write: K keys, n heads. */
export const VALUE_NORMS = {
  /** float32 [K, C]: the residual stream that enters the layer. */
  residual: 'residual',
  /** Weights by their names without the layer's number: those rows of a head's that are asked for; of the output columns, [C, n·D]. */
  weight: LAYER.weight,
  /**
   * float32 [n, K]: how long each value is, its bias left out, once the output matrix has read it. Where a gate multiplies
   * what heads give: that of the last position.
   */
  norms: 'norms',
} as const;

/** Inputs and outputs of the neurons of the feed-forward part of one layer of a kind, or of an expert, at one position. */
export const NEURONS = {
  /** float32 [1, C]: the residual stream that enters the layer, and what attention adds to it. */
  residual: 'residual',
  attention: 'attention',
  /** float32 [1, C]: a direction, among what the layer's parts add to. */
  direction: 'direction',
  /** float32 [1]: the expert's weight; 1 of a feed-forward part without experts. */
  share: 'share',
  /** The layer's weights, by their names without the layer's number; those of the expert as those of number 0. */
  weight: LAYER.weight,
  /** float32 [1, I]: of I neurons, and what each brings in the direction. */
  activations: 'activations',
  values: 'values',
  /** float32 [1]: what the bias of the down projection brings. */
  bias: 'bias',
  /** float32 [1, C]: what stands between the part and the stream, as a factor of each number. */
  factor: 'factor',
} as const;

/** Inputs and outputs of the graphs by which two models are compared. T positions. */
export const COMPARISON = {
  /** float32 [T, C]: the tokens' rows of the embedding. */
  embeddings: 'embeddings',
  /** int64 [T], where the architecture has an embedding of positions. */
  positions: 'positions',
  /** float32 [T, C]: what enters the first layer, or leaves the last. */
  residual: 'residual',
  /** Weights, each by its name; of those with a row for every token, some rows. */
  weight: LAYER.weight,
  /** float32 [T, rows] */
  logits: 'logits',
} as const;

/** Inputs and outputs of the graph of a tuned lens. */
export const TRANSLATOR = {
  /** float32 [N, C] each: what enters a layer, and what the final norm is to read of it. */
  residual: 'residual',
  translated: 'translated',
  /** float32 [C, C] and [C], of the layer. */
  weight: 'weight',
  bias: 'bias',
} as const;
