/** The shape of a decoder-only transformer: what its graphs and its readers need to know of it. */
export interface ModelConfig {
  architecture: string;
  name: string;
  /** ISO 639 codes of the languages it was made for, where its file says. */
  languages: readonly string[];
  /** Weights in all, the way a model's name counts them. */
  parameters: number;
  layers: number;
  /** Width of the residual stream. */
  width: number;
  /** Query heads of a layer. */
  heads: number;
  /** Key-value heads of a layer; `heads / keyValueHeads` query heads share one. */
  keyValueHeads: number;
  /** Width of one head. */
  headWidth: number;
  feedForwardWidth: number;
  /** Tokens of the vocabulary. */
  vocabulary: number;
  /** Context length, in tokens. */
  context: number;
  /** Epsilon of the layers' RMSNorm. */
  epsilon: number;
  rope: RopeConfig;
  /** Whether the embedding table is the unembedding too. */
  tied: boolean;
}

/** Rotary position embedding (Su et al. 2021, arXiv 2104.09864). */
export interface RopeConfig {
  base: number;
  /** Which two elements of a head rotate together: 2i and 2i + 1, or i and i + D/2. */
  pairing: 'interleaved' | 'halves';
  /** Positions are divided by it (linear scaling); 1 where there is none. */
  scale: number;
}
