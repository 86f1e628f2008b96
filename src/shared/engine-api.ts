import * as v from 'valibot';
import type { Sentence } from './errors';
import type { HeadAddress } from './head-address';
import type { GgufVocabulary } from './tokens';

/*
 * What the engine's process answers. Requests are schemas, so that the engine can check what it is sent; the types that
 * both sides are written against come from them. Positions count tokens of a trace from 0, layers and heads count from 0.
 */

const index = v.pipe(v.number(), v.integer(), v.minValue(0));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** A number of the caller's choice: progress is reported under it, and it can be cancelled by it. */
const task = index;

export const PROVIDERS = ['auto', 'cpu', 'webgpu', 'cuda', 'coreml', 'dml'] as const;
export const provider = v.picklist(PROVIDERS);
/** An execution provider by name, or the choice left to the engine. */
export type Provider = v.InferOutput<typeof provider>;

const headMaskEntry = v.object({ layer: index, head: index, value: v.pipe(v.number(), v.finite()) });
const rows = v.object({ from: index, to: index });

/** Compiled models: where, by default in the system's own place, and how much of them at most. */
const cache = v.object({ folder: v.optional(v.string()), limitBytes: positive });

const sampling = v.object({
  /** Logits are divided by it; 0 takes the most probable token. */
  temperature: v.pipe(v.number(), v.finite(), v.minValue(0)),
  /** Only so many of the most probable tokens are left. */
  topK: v.optional(count),
  /** Only the most probable tokens that together have this probability are left (Holtzman et al. 2019, arXiv 1904.09751). */
  topP: v.optional(fraction),
  /** Only tokens of at least this share of the largest probability are left (Nguyen et al. 2024, arXiv 2407.01082). */
  minP: v.optional(fraction),
  /** The same seed draws the same tokens. */
  seed: v.optional(index, 0),
});
export type Sampling = v.InferInput<typeof sampling>;

export const requests = {
  load: v.object({
    task,
    /** A model file; by default the one that comes with Vitrine. */
    path: v.optional(v.string()),
    provider,
    /** Threads of the CPU's matrix products; by default one a core. */
    threads: v.optional(count),
    /** Tokens of a text at most, where the model would read more. */
    contextLimit: v.optional(count),
    cache,
    /** Whether more than 2 GB may be written and taken without asking. */
    allowLarge: v.optional(v.boolean(), false),
    /** Whether, after the first text, providers that `auto` may choose later are tried in the background. */
    tryProviders: v.optional(v.boolean()),
  }),
  /** What compiling a model file would take. Needs no model. */
  space: v.object({ path: v.optional(v.string()), cache }),
  /** Runs the model over a text, or finds that it has. */
  forward: v.object({
    task,
    text: v.string(),
    /** Where the text is longer than the context, takes the last tokens that fit instead of failing. */
    truncate: v.optional(v.boolean(), false),
    /** Then drops a multiple of so many tokens: a text that grows at its end begins for long where it did. */
    truncateStep: v.optional(count, 1),
    /** Whether control tokens in the text are recognised. */
    special: v.optional(v.boolean(), true),
    headMask: v.optional(v.array(headMaskEntry), []),
  }),
  /** The same over token ids as they are; a token that models want before every text is put before none of them. */
  forwardTokens: v.object({ task, ids: v.array(index), headMask: v.optional(v.array(headMaskEntry), []) }),
  /** The same, to know only how probable the tokens are: no trace of it is kept. */
  score: v.object({ task, ids: v.array(index), headMask: v.optional(v.array(headMaskEntry), []) }),
  /** How probable one token of a trace is, but the first, with each of some heads switched off by itself. */
  headAblations: v.object({
    task,
    trace: index,
    position: count,
    heads: v.array(v.object({ layer: index, head: index })),
  }),
  predictions: v.object({ trace: index, ...rows.entries, topK: v.optional(index, 10) }),
  heads: v.object({ trace: index }),
  thumbnails: v.object({ trace: index, size: v.optional(count, 32) }),
  attention: v.object({
    trace: index,
    layer: index,
    /** The mean of the layer's heads by default. */
    head: v.optional(index),
    /** Which queries; all by default. */
    rows: v.optional(rows),
    /** Rows and columns of the picture at most; a block's largest weight and mean stand for it. Whole by default. */
    size: v.optional(count),
  }),
  attentionOfQuery: v.object({
    trace: index,
    query: index,
    /** Only this layer's heads, and only the heads of this number; all by default. */
    layer: v.optional(index),
    head: v.optional(index),
    /** Whether only their mean is wanted. */
    mean: v.optional(v.boolean(), false),
  }),
  /** Attention followed through all layers, from some tokens to the input. */
  rollout: v.object({ task, trace: index, ...rows.entries }),
  logitLens: v.object({
    trace: index,
    layers: v.optional(v.array(index)),
    ...rows.entries,
    topK: v.optional(count, 5),
  }),
  distribution: v.object({ trace: index, position: index }),
  continuation: v.object({ task, trace: index, count, sampling: v.optional(sampling, { temperature: 0 }) }),
  describe: v.object({ ids: v.array(index) }),
  vocabulary: v.object({}),
  status: v.object({}),
  /** Needs no model, nor does clearing them. */
  compiledModels: v.object({ cache }),
  clearCompiledModels: v.object({ cache }),
  cancel: v.object({ task }),
};

export type Requests = { [M in keyof typeof requests]: v.InferInput<(typeof requests)[M]> };

export interface ModelInfo {
  name: string;
  /** Of its file, in hexadecimal. */
  sha256: string;
  architecture: string;
  /** ISO 639 codes of the languages it was made for, where its file says. */
  languages: readonly string[];
  parameters: number;
  numHiddenLayers: number;
  numAttentionHeads: number;
  hiddenSize: number;
  vocabSize: number;
  /** Context length, in tokens. */
  contextLength: number;
  /** The execution provider in use, and how it came to be. */
  provider: string;
  providerNote: Sentence;
  /** Seconds: to write the weights (0 where they were cached), and to make the sessions. */
  compileSeconds: number;
  loadSeconds: number;
}

/** What the model computed for a row of tokens. */
export interface Pass {
  trace: number;
  /** Tokens that were not computed again, because an earlier text began with them. */
  reused: number;
  forwardSeconds: number;
  /** Memory of the trace. */
  bytes: number;
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
  /** Tokens before these that did not fit the context. */
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
  /** In bits. */
  entropyAfter: Float32Array;
  /** The most probable next tokens, the first first: [position, topK]. */
  topIdsAfter: Uint32Array;
  topLogprobsAfter: Float32Array;
  topK: number;
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
  processBytes: number;
}

/** A model on disk, ready to be loaded. */
export interface CompiledModelInfo {
  name: string;
  /** The path of the model file it was compiled from. */
  source: string;
  bytes: number;
}

interface Responses {
  load: ModelInfo;
  /** What it takes and what is free, as a sentence; undefined where it was compiled before. */
  space: Sentence | undefined;
  forward: TraceInfo;
  forwardTokens: Pass;
  /** Natural logarithm of the probability of each token, NaN for the first. */
  score: Float32Array;
  /** Natural logarithm of the token's probability, for each head. */
  headAblations: Float32Array;
  predictions: Predictions;
  heads: HeadSummary[];
  thumbnails: Thumbnails;
  attention: AttentionPattern;
  /** [layer, head, key] for the heads that were asked for and the keys 0 to the query; [key] for their mean. */
  attentionOfQuery: Float32Array;
  /** [token, key] for the tokens that were asked for and the keys 0 to the last of them; each token's shares sum to 1. */
  rollout: Float32Array;
  logitLens: LogitLens;
  /** Natural logarithm of the probability of every token of the vocabulary after the position. */
  distribution: Float32Array;
  continuation: Continuation;
  describe: TokenDescription[];
  /** Of the model: enough to make its tokenizer elsewhere. */
  vocabulary: GgufVocabulary;
  status: EngineStatus;
  /** The one used last first. */
  compiledModels: CompiledModelInfo[];
  /** What was removed. */
  clearCompiledModels: { entries: number; bytes: number };
  cancel: undefined;
}

/** What can be asked of the engine. A request that fails rejects with a VitrineError. */
export type EngineApi = { [M in keyof Requests]: (request: Requests[M]) => Promise<Responses[M]> };

/** What a long task is at: done of total, in bytes, tokens, layers, or layers of every head that is tried. */
export type Stage = 'compile' | 'load' | 'forward' | 'continue' | 'rollout' | 'ablate';

/** What the engine tells without being asked. */
export interface EngineEvents {
  progress(report: { task: number; stage: Stage; done: number; total: number }): void;
}
