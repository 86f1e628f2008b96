import type { Sentence } from './errors';

/*
 * What the engine answers to the requests of `why-requests.ts`. Positions count tokens of a trace from 0, layers and heads
 * count from 0. Logits are before the softmax and after the model's own factors, but before a soft cap.
 */

/**
 * Direct logit attribution (Elhage et al. 2021, transformer-circuits.pub): the difference between the logits of two tokens
 * as the sum of what each part of the model wrote into the residual stream, through the final norm as it was for the whole.
 */
export interface Why {
  /** What is asked about, and what it is held against. */
  token: number;
  against: number;
  /** How many tokens stand before it: its position. */
  position: number;
  /** Natural logarithms of their probabilities. */
  logprobs: { token: number; against: number };
  /** Of the token's logit and the other's, as the model computed them: after the soft cap, where it has one. */
  logitDifference: number;
  /** What enters the first layer: the embedding of the last token, and of its position where the model has one. */
  embedding: number;
  /** [layer, head]; 0 for layers without attention. Values without their bias, which is in `attentionBiases`. */
  heads: Float32Array;
  /** [layer]: all that a layer without attention writes; 0 for the others. */
  mixers: Float32Array;
  /** [layer]: the biases of the values and of the output; 0 where there are none. */
  attentionBiases: Float32Array;
  /** [layer]: with their bias. */
  mlps: Float32Array;
  /** Of the final norm and the unembedding. */
  bias: number;
  /** [key]: what all heads of all layers bring from each token before it; sums to the heads. */
  sources: Float32Array;
  /** What a soft cap makes of the difference, which no part of the model can be given; 0 where there is none. */
  softCap: number;
  /** What a run was changed by, steering and patches of this token, where it was: what they replace has no term. */
  interventions?: number;
  /** The difference less the soft cap and all terms (embedding, heads, mixers, both biases, mlps, interventions): what rounding makes of it. */
  remainder: number;
}

/** A head opened: over the tokens it looks at, from the token before the one asked about. [key] each. */
export interface HeadSources {
  /** Attention weights, also of a head that is switched off. */
  weights: Float32Array;
  /** What each brings for the token and against the other: sums to the head's part of `Why`. */
  values: Float32Array;
  /**
   * Length of what each writes into the residual stream, the value's bias left out, and before a norm that stands after
   * attention: value-weighted attention (Kobayashi et al. 2020, arXiv 2004.10102).
   */
  norms: Float32Array;
}

/** A feed-forward part opened, into neurons: what the down projection reads. */
export interface Neurons {
  /** What the whole part writes for the token and against the other. */
  total: number;
  /** Of the down projection. */
  bias: number;
  /** All its neurons, those that are not listed too; of a layer with experts, those of the experts that saw the token. */
  count: number;
  /** The total less the bias and all neurons. */
  remainder: number;
  /** Those that do most, for or against, the strongest first. */
  strongest: Neuron[];
}

export interface Neuron {
  /** Of a layer with experts. */
  expert?: number | undefined;
  neuron: number;
  /** What the down projection reads of it. */
  activation: number;
  /** For the token and against the other. */
  value: number;
  /** Tokens whose logits it raises most, and those that it lowers most, at this sign of its activation. */
  promotes: Uint32Array;
  suppresses: Uint32Array;
}

/** How long the vectors are that a layer makes of a token, and how far two of them point to the token itself. */
export interface TokenVectors {
  /** Lengths of the query, the key and the value of each head; empty for a layer without attention. */
  queries: Float32Array;
  keys: Float32Array;
  values: Float32Array;
  /** Of the stream that enters the layer, and of what the layer's two parts add to it. */
  residual: VectorNumbers;
  attention: VectorNumbers;
  mlp: VectorNumbers;
}

export interface VectorNumbers {
  norm: number;
  /** Cosine of the angle between it and the token's own row of the unembedding. */
  cosine: number;
}

/** A part of the model, or of the text, that can be taken away. */
export type Part =
  | { kind: 'head'; layer: number; head: number }
  /** All heads of a layer, or what a layer has in their place. */
  | { kind: 'attention'; layer: number }
  | { kind: 'mlp'; layer: number }
  /** Both. */
  | { kind: 'layer'; layer: number }
  /** Later tokens may not look at it, in any layer. */
  | { kind: 'token'; position: number };

/** What a run is like in which something was changed: natural logarithms of the probabilities of the two tokens. */
export interface Measured {
  /** [part, 2]: of the token, and of the one it is held against. */
  logprobs: Float32Array;
  /** [2]: the same where nothing was changed. */
  base: Float32Array;
}

/** How probable some tokens are where a span of the text cannot be seen. Natural logarithms. */
export interface Occluded {
  /** [span, target] */
  logprobs: Float32Array;
  /** [target]: where all can be seen. */
  base: Float32Array;
}

/** What becomes of two tokens where a part of one run is put into another. Natural logarithms of their probabilities. */
export interface PatchGrid {
  /** [layer, column, 2]: columns are positions, or heads; NaN for heads of a layer without attention. */
  logprobs: Float32Array;
  /** [2] of the run that is patched, and of the one that patches come from. */
  corrupt: Float32Array;
  clean: Float32Array;
}

/** What a file of directions holds, for the model in use. */
export interface ControlVector {
  /** [layer, hiddenSize]: 0 where the file has no direction. */
  values: Float32Array;
  /** What is odd about it, where it fits all the same. */
  note: Sentence | undefined;
}

/** Directions in the residual stream, as control vectors of llama.cpp and repeng have them. */
export interface Directions {
  /** [layer, hiddenSize]: what is added to the stream that leaves each layer; 0 for the first, as repeng has it. */
  values: Float32Array;
  /** [layer]: the mean of the positive texts on it less that of the negative ones. */
  separations: Float32Array;
}
