import type { AnatomyLayer, AnatomyTensor, ModelAnatomy } from '../shared/anatomy-api';
import type { Limits } from '../shared/part-times-api';
import { forwardFlops } from './flops';

/*
 * The roofline model (Williams et al. 2009, doi 10.1145/1498765.1498785): work takes at least as long as its operations
 * take at the processor's peak, and at least as long as its bytes take at the memory's bandwidth.
 */

/** Floating-point operations, and the bytes that go from and to memory for them. */
export interface Work {
  flops: number;
  bytes: number;
}

/** What a pass works on. Norms and rows that are looked up count no operations: they are products of nothing. */
export const WORK_PARTS = ['embedding', 'norm', 'attention', 'scores', 'mlp', 'unembedding'] as const;
export type WorkPart = (typeof WORK_PARTS)[number];
export type PassWork = Record<WorkPart, Work>;

export interface PassShape {
  /** Tokens of each text. */
  tokens: number;
  /** The first token that is read; those before it are in the cache. One decoding step reads the last alone. 0 by default. */
  from?: number;
  /** Texts that are read at once. */
  batch: number;
  /** Bytes of a weight: 0.5 in 4 bits. */
  weightBytes: number;
  /** Bytes of any other number: of the residual stream, keys and values. */
  numberBytes: number;
  /**
   * A fused attention (FlashAttention, Dao et al. 2022, arXiv 2205.14135) keeps scores and weights in the processor and
   * skips what no query may see; an unfused one writes every score to memory, reads it for the softmax, writes the weight,
   * and reads that for the values.
   */
  attention: 'fused' | 'unfused';
}

/**
 * Operations and bytes of a pass by part, as LLM-Viewer counts them: every weight is read once, and each product reads its
 * input and writes its output; keys and values are read once a key-value head. What stands between two products is taken
 * as fused with them: activation functions, rotation, additions to the residual stream.
 */
export function passWork(anatomy: ModelAnatomy, { from = 0, ...shape }: PassShape): PassWork {
  const { tokens, batch, weightBytes, numberBytes, attention } = shape;
  const rows = (tokens - from) * batch;
  const flops = forwardFlops(anatomy, tokens, attention === 'fused' ? 'causal' : 'full', from);
  const bytesOf = (bytes: (tensor: AnatomyTensor) => number, ...parts: readonly string[]) =>
    anatomy.tensors.reduce((sum, tensor) => sum + (parts.includes(tensor.part) ? bytes(tensor) : 0), 0);
  const products = (tensor: AnatomyTensor) =>
    readWeights(tensor, rows) * weightBytes + rows * productNumbers(tensor) * numberBytes;
  const scores = anatomy.layers.map((layer) => scoreNumbers(layer, { tokens, from, attention }));
  return {
    embedding: { flops: 0, bytes: bytesOf((tensor) => rows * lookedUp(tensor) * weightBytes, 'embedding') },
    norm: {
      flops: 0,
      bytes: bytesOf(({ elements }) => elements * weightBytes + 2 * rows * anatomy.hiddenSize * numberBytes, 'norm'),
    },
    attention: { flops: batch * flops.attention, bytes: bytesOf(products, 'attention') },
    scores: { flops: batch * flops.scores, bytes: batch * numberBytes * scores.reduce((sum, layer) => sum + layer, 0) },
    mlp: { flops: batch * flops.mlp, bytes: bytesOf(products, 'mlp') },
    unembedding: {
      flops: batch * flops.unembedding,
      // A tied embedding is multiplied by here.
      bytes: bytesOf((tensor) => (tensor.products > 0 ? products(tensor) : 0), 'unembedding', 'embedding'),
    },
  };
}

/** All of some work. */
export function sumOfWork(works: readonly Work[]): Work {
  return works.reduce((sum, { flops, bytes }) => ({ flops: sum.flops + flops, bytes: sum.bytes + bytes }), {
    flops: 0,
    bytes: 0,
  });
}

/** Operations for each byte. */
export const intensity = ({ flops, bytes }: Work): number => flops / bytes;

/** The intensity from which on the processor is what limits, and no longer the memory. */
export const ridge = ({ flopsPerSecond, bytesPerSecond }: Limits): number => flopsPerSecond / bytesPerSecond;

/** Operations a second that work can reach at most. */
export function attainable(work: Work, { flopsPerSecond, bytesPerSecond }: Limits): number {
  return Math.min(flopsPerSecond, intensity(work) * bytesPerSecond);
}

/** Seconds that work takes at least. */
export function leastSeconds({ flops, bytes }: Work, { flopsPerSecond, bytesPerSecond }: Limits): number {
  return Math.max(flops / flopsPerSecond, bytes / bytesPerSecond);
}

/** Seconds that a pass takes at least, its parts one after another. */
export function leastPassSeconds(work: PassWork, limits: Limits): number {
  return WORK_PARTS.reduce((sum, part) => sum + leastSeconds(work[part], limits), 0);
}

/** What work that was measured has reached: no machine does less than it was seen to do. */
export const reachedLimits = ({ flops, bytes }: Work, seconds: number): Limits => ({
  flopsPerSecond: flops / seconds,
  bytesPerSecond: bytes / seconds,
});

/** Of each the best. */
export const bestLimits = (all: readonly Limits[]): Limits => ({
  flopsPerSecond: Math.max(...all.map(({ flopsPerSecond }) => flopsPerSecond)),
  bytesPerSecond: Math.max(...all.map(({ bytesPerSecond }) => bytesPerSecond)),
});

/** How many weights some rows need: all of a matrix; of experts, those that one row at least goes to where each is as likely. */
function readWeights({ elements, products }: AnatomyTensor, rows: number): number {
  const share = products > 0 ? products / elements : 1;
  return elements * (1 - (1 - share) ** rows);
}

/** Numbers that a row brings to products with a matrix, and takes from them. */
function productNumbers({ shape, products }: AnatomyTensor): number {
  const [outputs = 0, inputs = 0] = shape.slice(-2);
  return products > 0 ? products / inputs + products / outputs : 0;
}

/** Numbers of an embedding that a token takes. */
function lookedUp({ shape }: AnatomyTensor): number {
  return shape.at(-1) ?? 0;
}

/** Numbers of one text that go from and to memory between the projections of a layer's attention. */
function scoreNumbers(
  { attention: heads, stateSize }: AnatomyLayer,
  { tokens, from, attention }: Required<Pick<PassShape, 'tokens' | 'from' | 'attention'>>,
): number {
  // A state is read, and written anew.
  if (!heads) return 2 * stateSize;
  const { numAttentionHeads, numKeyValueHeads, headDim, slidingWindow = tokens } = heads;
  const queries = tokens - from;
  const keys = Math.min(tokens, queries + slidingWindow - 1);
  const inAndOut = 2 * numAttentionHeads * headDim * queries + 2 * numKeyValueHeads * headDim * keys;
  return attention === 'fused' ? inAndOut : inAndOut + 4 * numAttentionHeads * queries * tokens;
}
