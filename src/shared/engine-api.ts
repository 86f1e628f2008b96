import type { Capabilities } from './capabilities';
import type { Sentence } from './errors';
import type { HalfFloat } from './half-floats';
import type { HeadAddress } from './head-address';
import type { WeightStorage } from './request-fields';

/*
 * What the engine's process answers to the requests of `requests.ts`, and what it tells without being asked. Positions
 * count tokens of a trace from 0, layers and heads count from 0.
 */

export interface ModelInfo {
  /** What it can give: what it cannot is shown nowhere, or greyed with a sentence. */
  capabilities: Capabilities;
  /** Where it runs and how it is asked; undefined of one that Vitrine runs itself, on this machine. */
  server?: ServerInfo | undefined;
  /** With an adapter, its name behind a plus sign; says so where the model is approximate. */
  name: string;
  /** What the adapter is called that is merged into it. */
  adapter?: string | undefined;
  /** Whether the adapter is kept apart, so that runs may give it a gain. */
  hasAdapterGain: boolean;
  /** Of its file, the word that says it was trained on people's preferences: `DPO`. */
  preferenceTraining?: string | undefined;
  /** What the model is called whose vocabulary it reads: without an adapter that brings none, and without what was made of its weights. */
  vocabularyName: string;
  /** Of its file, in hexadecimal; with an adapter, a plus sign and that of the adapter behind it. Of one on a server, of its address, its name and what it has shown: another model under the same name has another. */
  sha256: string;
  /** Empty where it is not known. */
  architecture: string;
  /** ISO 639 codes of the languages it was made for, where its file says. */
  languages: readonly string[];
  /** Undefined where its weights are not to be seen. */
  parameters?: number | undefined;
  /** 0, as the heads and the size, where its layers are not to be seen. */
  numHiddenLayers: number;
  numAttentionHeads: number;
  hiddenSize: number;
  vocabSize: number;
  /** Context length, in tokens. */
  contextLength: number;
  /** What the product with the unembedding is multiplied by before it is a logit; undefined where by nothing. */
  logitScale?: number | undefined;
  /** What keeps logits within ± itself, x becoming c · tanh(x / c); undefined where nothing does. */
  logitSoftcap?: number | undefined;
  /** One entry a layer that is to be seen. */
  layers: readonly LayerInfo[];
  /** The model that the tuned lens beside it was made for; undefined where there is none. */
  tunedLens?: string | undefined;
  /** What its file leaves out of what matters, and what an adapter says of its base. */
  notes: readonly Sentence[];
  /** In what its file has its weights: `Q4_1`, `BF16`; empty where it is not known. */
  fileType: string;
  /** How its matrices are kept; undefined where its weights are not to be seen. */
  weights?: WeightStorage | undefined;
  /** Of a model whose weights were rounded: no number is then that of its file. */
  approximation?: Approximation | undefined;
  /** Of the compiled model; undefined where none is. */
  diskBytes?: number | undefined;
  /** What it runs on: the execution provider in use, and how it came to be; of one on a server, that server's host. */
  provider: string;
  providerNote: Sentence;
  /** Seconds: to write the weights (0 where they were cached), and to make the sessions, or to try the server. */
  compileSeconds: number;
  loadSeconds: number;
}

/** A server on which a model runs. */
export interface ServerInfo {
  /** Name and port. */
  host: string;
  /** What it is, as people call it: `vLLM`. */
  kind: string;
  /** Texts of more tokens than this are read in windows of so many, each with the last half of the one before. */
  windowTokens: number;
  /** Whether it reads only what is new of a text that it has read before: else an edit costs the whole text once more. */
  isIncremental: boolean;
}

/** What rounding has made of a model. */
export interface Approximation {
  /** The name of the model that it approximates. */
  of: string;
  /** Of a rounded weight. */
  bits: 16 | 8 | 4;
  /** Which numbers of 16 bits. */
  half?: HalfFloat | undefined;
  /** Where the file has most weights in blocks already, which were rounded once more, their type: `Q4_1`. */
  madeOf?: string | undefined;
  /** How far it is from the exact model; undefined where somebody did not wait for that. */
  measured?: Difference | undefined;
}

/** How far two models are apart that read the same sample, as `--kl-divergence` of llama.cpp has it. */
export interface Difference {
  /** Of the sample. */
  tokens: number;
  /** Mean over the positions of the Kullback-Leibler divergence of the approximate distribution from the exact one, in nats. */
  meanKl: number;
  /** The share of positions after which another token is the most probable one. */
  changedFirstGuesses: number;
}

/** What a layer is like, where layers differ. */
export interface LayerInfo {
  /**
   * Whether it has attention: where not, it carries a state from token to token, there is nothing to see of its heads
   * (their measures are NaN, their thumbnails empty), and the rest of what is said here means nothing of it.
   */
  attention: boolean;
  /** A query sees so many keys, itself included; undefined where it sees all before it. */
  slidingWindow?: number | undefined;
  /** Whether its heads have a sink that takes a share of the attention and is no token: rows of a pattern sum to less than 1. */
  hasSinks: boolean;
  /** Whether positions go into its queries and keys: where not, its heads do not see how far apart tokens are. */
  hasPositions: boolean;
  experts?: { numExperts: number; numExpertsPerTok: number } | undefined;
}

/** What the model computed for a row of tokens. */
export interface Pass {
  trace: number;
  /** How many of its first tokens were not computed again, because an earlier text begins with the same. */
  reused: number;
  forwardSeconds: number;
  /** Memory of the trace. */
  bytes: number;
  /**
   * Tokens from which on less is known of what stands before them: a server read the text in windows, of which each begins half
   * a window before. Left out where the text was read at once.
   */
  windowStarts?: readonly number[];
}

/** A text that the model has read. Offsets are in the text that was asked for. */
export interface TraceInfo extends Pass {
  ids: Uint32Array;
  /** UTF-16 units. */
  starts: Uint32Array;
  ends: Uint32Array;
  /** Bytes of the text's UTF-8 encoding. */
  byteStarts: Uint32Array;
  byteEnds: Uint32Array;
  /** Characters that the vocabulary cannot hold, in UTF-16 units: the model does not see them. */
  dropped: { start: number; end: number }[];
  /** How many tokens at the beginning of the text were left out, because they did not fit the context. */
  cut: number;
}

/**
 * One entry a position of the range. Without a suffix: of the token that stands there, which the distribution before it
 * predicts. With `After`: of the distribution after that token.
 */
export interface Predictions {
  /** Natural logarithm of the token's probability; NaN for the first token, which nothing predicts. */
  logprob: Float32Array;
  /** How many tokens were more probable; meaningless where `logprob` is NaN. */
  rank: Uint32Array;
  /** Where ranks are known only up to a number: a token of that rank has it at least. */
  rankLimit?: number;
  /** What softmax divides by, as a natural logarithm: ln Σ e^logit. A token's logit is its log-probability and this. */
  logZAfter: Float32Array;
  /** In bits. */
  entropyAfter: Float32Array;
  /** Whether entropies are only known to be no less than what is given. */
  isEntropyBound?: boolean;
  /** The most probable next tokens, the first first: [position, topK]. */
  topIdsAfter: Uint32Array;
  topLogprobsAfter: Float32Array;
  topK: number;
}

/** What the model thinks of each token of a row: [T] */
export interface TokenScores {
  /** Natural logarithm of its probability; NaN for the first. */
  logprob: Float32Array;
  /** The token that was the most probable one in its place; meaningless where `logprob` is NaN. Left out where a server names none. */
  expected?: Uint32Array | undefined;
}

/** What a head measurably does in a text: means over the queries 1 to T - 1, weights from 0 to 1; NaN for a text of one token. */
export interface HeadSummary extends HeadAddress {
  previous: number;
  first: number;
  self: number;
  /** On the token after the latest earlier copy of the query's token; NaN where no query has one. */
  induction: number;
  inductionQueries: number;
  /** In bits. */
  entropy: number;
  /** On the head's own sink, which is no token; undefined where its layer has none. */
  sink?: number | undefined;
}

/** The experts of a layer that saw each token, the strongest first: [position, perToken]. */
export interface LayerExperts {
  layer: number;
  /** How many see each token. */
  perToken: number;
  experts: Uint32Array;
  /** What their answers were multiplied by. */
  weights: Float32Array;
}

/** Every head's pattern, pooled; rows are queries. */
export interface Thumbnails {
  size: number;
  /** Tokens a row and a column stand for. */
  block: number;
  /** [layer, head, size, size]: the largest weight of a block, key 0 left out, and the mean weight. */
  maximum: Float32Array;
  mean: Float32Array;
}

export interface AttentionPattern {
  /** Queries and keys that a row and a column stand for: 1 for the whole pattern. */
  rowBlock: number;
  columnBlock: number;
  rows: number;
  columns: number;
  /** [rows, columns]: the weight, or the largest weight of a block. */
  maximum: Float32Array;
  /** [rows, columns]: the mean weight of a block. */
  mean: Float32Array;
}

/** The weights of a head at one query, and how they come about; arrays have an entry for every key of the text: [keys]. */
export interface HeadRow {
  /** q · k, after norms and rotation. */
  products: Float32Array;
  /** What they are multiplied by. */
  scaling: number;
  /** What keeps the scores within ± itself then, s becoming c · tanh(s / c); undefined where nothing does. */
  softcap?: number | undefined;
  /** Of all keys, also those that are masked. */
  scores: Float32Array;
  /** How many keys the query sees, itself included; undefined where it sees all before it. */
  slidingWindow?: number | undefined;
  /** 1 for keys that the query does not see: later ones, those outside of its window, and those that a run hides. */
  masked: Uint8Array;
  /** Of the head's own sink, one more score in the softmax that is no key; undefined where it has none. */
  sink?: { score: number; weight: number } | undefined;
  /** Softmax of what is not masked. */
  weights: Float32Array;
  /** The length of what each writes into the residual stream: its weight times its value after the output matrix, as `HeadSources` has it. */
  norms: Float32Array;
}

export interface LogitLens {
  layers: number[];
  topK: number;
  /** [layer, position, topK] */
  topIds: Uint32Array;
  topLogprobs: Float32Array;
  /** [layer, position]: of the token that in truth comes next; NaN after the last. */
  nextLogprob: Float32Array;
  nextRank: Uint32Array;
}

export interface Continuation {
  text: string;
  tokens: { id: number; text: string; logprob: number }[];
}

export interface TokenDescription {
  /** Bytes decoded; U+FFFD for what is no character. */
  text: string;
  /** In hexadecimal. */
  bytes: string;
  control: boolean;
  /** Whether a text ends with it, and so does a continuation. */
  ends: boolean;
}

export interface EngineStatus {
  model: ModelInfo | undefined;
  traces: number;
  /** Memory of the traces kept, of the keys and values of the latest text, and of the whole process. */
  traceBytes: number;
  cacheBytes: number;
  /** What the former two may take together. */
  memoryLimitBytes: number;
  processBytes: number;
}

/** A model on disk, ready to be loaded. */
export interface CompiledModelInfo {
  name: string;
  /** The path of the model file it was compiled from. */
  source: string;
  bytes: number;
}

/**
 * What a long task is at: done of total, in bytes, tokens (of a text, or of the vocabulary), layers, or layers of every head that is tried. A load that is
 * cancelled at `compare` leaves out the comparison, and goes on.
 */
export type Stage =
  | 'compile'
  | 'compare'
  | 'load'
  | 'forward'
  | 'continue'
  | 'rollout'
  | 'ablate'
  | 'additions'
  | 'matrix'
  | 'difference'
  | 'measure'
  | 'vocabulary';

/** What the engine tells without being asked. */
export interface EngineEvents {
  progress(report: { task: number; stage: Stage; done: number; total: number }): void;
}
