/*
 * What a model is made of, as its file's own tensors say it: what its size, its costs and its drawing follow from.
 */

/** Where in a model a tensor works. The matrix that makes logits of the last stream is the unembedding. */
export const ANATOMY_PARTS = ['embedding', 'attention', 'mlp', 'norm', 'unembedding'] as const;
export type AnatomyPart = (typeof ANATOMY_PARTS)[number];

/** A tensor of the model's file. */
export interface AnatomyTensor {
  /** As the file has it, outermost first: a matrix is [out, in], and [in, out] where the file says so. */
  name: string;
  shape: readonly number[];
  /** How the file keeps its numbers: `F16`, `Q4_K`. */
  type: string;
  /** In the file. */
  bytes: number;
  /** How many numbers it holds. */
  elements: number;
  part: AnatomyPart;
  /** Undefined of what belongs to no layer. */
  layer?: number | undefined;
  /** What it is in its part: `query`, `gate`, `expert.3.down`; of several fused into one tensor, each. Of several experts: `experts.down`. */
  roles: readonly string[];
  /** Multiplications of a weight by a number for each token: 0 of what is looked up, added or a norm; of experts, the share that a token sees. */
  products: number;
}

/** What the cost of a layer depends on beside its matrices. */
export interface AnatomyLayer {
  /** Undefined of a layer that carries a state in place of keys and values. */
  attention?:
    | {
        numAttentionHeads: number;
        numKeyValueHeads: number;
        headDim: number;
        /** A query sees so many keys, itself included; undefined where it sees all before it. */
        slidingWindow?: number | undefined;
      }
    | undefined;
  /** Numbers that a layer without attention carries from token to token; 0 of layers with attention. */
  stateSize: number;
  experts?: { numExperts: number; numExpertsPerTok: number } | undefined;
}

/** Lengths of vectors of the residual stream in a text (L2 norms). L: layers, T: tokens. */
export interface Additions {
  /** T */
  tokens: number;
  /** Float32Array // [L, T]: of what attention adds, or what a layer has in its place. */
  attention: Float32Array;
  /** Float32Array // [L, T] */
  mlp: Float32Array;
  /** Float32Array // [L + 1, T]: of what enters each layer, and of what leaves the last. */
  stream: Float32Array;
}

/** Of a larger matrix, whose smaller side has more numbers, no singular values are computed: it takes too long. */
export const MOST_SINGULAR_VALUES = 768;

/** A matrix of a model as a picture of blocks, each by its number that is furthest from 0. */
export interface MatrixImage {
  /** Of the picture. */
  columns: number;
  /** Float32Array // [rows, columns] of the picture */
  values: Float32Array;
  /** Rows and columns of the matrix in a block; the last blocks may have fewer. */
  blockRows: number;
  blockColumns: number;
  /** Of all numbers of the matrix. */
  minimum: number;
  maximum: number;
  mean: number;
  /** Four root mean squares of the numbers. */
  end: number;
  /** Uint32Array: how many numbers fall into bins of equal width from −end to end; what is further out into the outermost. */
  counts: Uint32Array;
}

/** Weights that stand one after another in a row of a tensor and are rounded together: 32, or fewer at the end of the row. */
export interface WeightBlock {
  /** Of the tensor, a row being its last axis. */
  rows: number;
  columns: number;
  row: number;
  /** Of the first of them. */
  column: number;
  values: Float32Array;
}

export interface ModelAnatomy {
  /** Weights in all: those of an embedding that is the unembedding too once. */
  parameters: number;
  /** In the order of the file. */
  tensors: readonly AnatomyTensor[];
  /** One entry a layer. */
  layers: readonly AnatomyLayer[];
  hiddenSize: number;
  vocabSize: number;
  /** In tokens. */
  contextLength: number;
  tieWordEmbeddings: boolean;
  /** Tokens that it was trained on before any tuning; undefined where nobody has said. */
  trainingTokens?: TrainingTokens | undefined;
}

export interface TrainingTokens {
  count: number;
  /** Whose model card says so: `HuggingFaceTB/SmolLM2-135M`. */
  source: string;
}
