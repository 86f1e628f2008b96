import type { Sentence } from '../shared/errors';

/** The shape of a decoder-only transformer: what its graphs and its readers need to know of it. */
export interface ModelConfig {
  architecture: string;
  name: string;
  /** What the adapter is called that is merged into it. */
  adapter?: string;
  /** What the model is called whose vocabulary it reads, which may be its base. */
  vocabularyName?: string;
  /** ISO 639 codes of the languages it was made for, where its file says. */
  languages: readonly string[];
  numHiddenLayers: number;
  /** Width of the residual stream. */
  hiddenSize: number;
  /** Query heads of a layer. */
  numAttentionHeads: number;
  /** Ids that the model gives a probability: the rows of its embedding. */
  vocabSize: number;
  /** Context length, in tokens. */
  contextLength: number;
  /** The kinds of layers there are: layers of one kind have graphs of the same form. */
  layerKinds: readonly LayerKind[];
  /** The kind of each layer, as an index of `layerKinds`. */
  kindOfLayer: readonly number[];
  /** Whether the embedding table is the unembedding too. */
  tieWordEmbeddings: boolean;
  /** What the file leaves out of what matters, for a person. */
  notes?: readonly Sentence[];
}

/** How the attention of a layer works, or what the layer has in place of it. */
export interface LayerKind {
  /**
   * What a layer without attention carries from token to token; undefined of layers with attention. Such a layer has no
   * key-value heads, and what is said of heads below means nothing of it.
   */
  states?: readonly LayerState[] | undefined;
  /** Key-value heads; `numAttentionHeads / numKeyValueHeads` query heads share one. */
  numKeyValueHeads: number;
  /** Width of one head. */
  headDim: number;
  /** What products of queries and keys are multiplied by. */
  scaling: number;
  /** A query sees so many keys, itself included; undefined where it sees all before it. */
  slidingWindow?: number | undefined;
  /** Undefined where positions rotate nothing. */
  rope?: RopeTable | undefined;
  /** Scores s become c · tanh(s / c), before the mask. */
  attnLogitSoftcapping?: number | undefined;
  /** Whether each head has a sink: one more score in the softmax of every query, which belongs to no key. */
  hasSinks?: boolean | undefined;
  /** Of a layer with experts: how many there are, and how many see each token. */
  experts?: { numExperts: number; numExpertsPerTok: number } | undefined;
}

/** A tensor that a layer carries from token to token: one of the shape for every text. */
export interface LayerState {
  name: string;
  shape: readonly number[];
}

/** What is said of heads of a layer that has none. */
export const NO_HEADS = { numKeyValueHeads: 0, headDim: 0, scaling: 0 } as const;

/** Whether a layer's tokens look at those before them, as its attention matrix shows. */
export const hasAttention = ({ states }: LayerKind): boolean => states === undefined;

/** Rotary position embedding (Su et al. 2021, arXiv 2104.09864): by what angle the pairs of a head's elements rotate. */
export interface RopeTable {
  /** Radians a position, for each of the headDim / 2 pairs (i, i + headDim / 2); 0 for pairs that do not rotate. */
  frequencies: readonly number[];
  /** Cosines and sines of pairs that rotate are multiplied by it. */
  attentionFactor: number;
  /** Other frequencies, for all positions of a text that has more tokens than `beyond` (LongRoPE). */
  long?: { beyond: number; frequencies: readonly number[] } | undefined;
}

export function kindOf(config: ModelConfig, layer: number): LayerKind {
  return config.layerKinds[config.kindOfLayer[layer] as number] as LayerKind;
}

/** The layers of a kind. */
export function layersOfKind({ kindOfLayer }: ModelConfig, kind: number): number[] {
  return kindOfLayer.flatMap((one, layer) => (one === kind ? [layer] : []));
}
