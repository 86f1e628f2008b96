/** The shape of a decoder-only transformer: what its graphs and its readers need to know of it. */
export interface ModelConfig {
  architecture: string;
  name: string;
  /** ISO 639 codes of the languages it was made for, where its file says. */
  languages: readonly string[];
  /** Weights in all, the way a model's name counts them. */
  parameters: number;
  numHiddenLayers: number;
  /** Width of the residual stream. */
  hiddenSize: number;
  /** Query heads of a layer. */
  numAttentionHeads: number;
  /** Key-value heads of a layer; `heads / keyValueHeads` query heads share one. */
  numKeyValueHeads: number;
  /** Width of one head. */
  headDim: number;
  intermediateSize: number;
  /** Tokens of the vocabulary. */
  vocabSize: number;
  /** Context length, in tokens. */
  contextLength: number;
  /** Epsilon of the layers' RMSNorm. */
  rmsNormEps: number;
  rope: RopeConfig;
  /** Whether the embedding table is the unembedding too. */
  tieWordEmbeddings: boolean;
}

/** Rotary position embedding (Su et al. 2021, arXiv 2104.09864). */
export interface RopeConfig {
  theta: number;
  /** Which two elements of a head rotate together: 2i and 2i + 1, or i and i + D/2. */
  pairing: 'interleaved' | 'halves';
  /** Positions are divided by it (linear scaling); 1 where there is none. */
  scale: number;
}
