/*
 * What a pass of the model takes on this machine, part by part, and what this machine can do at most: the requests
 * `partTimes` and `machineLimits`.
 */

/**
 * What the time of a pass is spent on. `attention`: the matrices of attention, and the rotation of queries and keys;
 * `scores`: products of queries with keys, softmax, and weighted values, or the update of a state that is carried; `mlp`
 * has the experts in it. An addition to the residual stream belongs to the part that is added. `instruments` is Vitrine's
 * own: the statistics of heads, and the places where a run may change something. `outside` is no operation of the graph:
 * the runtime between two of them, rows of the embedding, masks and the cache. On a GPU an operation is only handed over
 * in its time, and what it computes is waited for outside.
 */
export const TIMED_PARTS = [
  'embedding',
  'norm',
  'attention',
  'scores',
  'mlp',
  'unembedding',
  'instruments',
  'outside',
] as const;
export type TimedPart = (typeof TIMED_PARTS)[number];

export interface PartTime {
  part: TimedPart;
  /** Undefined of what belongs to no layer. */
  layer?: number | undefined;
  milliseconds: number;
}

/** A pass of the model over some tokens. */
export interface PassTimes {
  /** How many tokens it reads. */
  tokens: number;
  /** How many before them are in the cache. */
  past: number;
  /** Of the fastest of several passes. */
  milliseconds: number;
  /** Part by part, as the runtime's own profile has it, less what it takes to record that: their sum is the whole. */
  parts: readonly PartTime[];
}

/** What a text takes: to read it, and to read one more token behind it. */
export interface PartTimes {
  prefill: PassTimes;
  decoding: PassTimes;
  /** Where it was measured, as `ModelInfo.provider`. */
  provider: string;
}

/** What a machine can do at most: the two lines of a roofline. */
export interface Limits {
  /** Floating-point operations a second. A multiplication and an addition are two. */
  flopsPerSecond: number;
  /** Bytes a second from and to memory. */
  bytesPerSecond: number;
}

/**
 * What this machine's processor did at most whenever it was tried, whatever the model runs on: products of large float32
 * matrices, and numbers that are only read.
 */
export interface MachineLimits extends Limits {
  /** That the processor worked with. */
  threads: number;
}
