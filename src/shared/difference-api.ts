import type { ModelInfo } from './engine-api';
import type { Span } from './tokens';

/*
 * What is said of two models that read the same text: A, and B that is held against it. Natural logarithms, nats. What a
 * token is worth at position p comes from the distribution after position p - 1.
 */

/** Where another engine of this machine may ask for the distributions of an engine's traces, and what it has to say to be let in. */
export interface DistributionShare {
  /** Of a local socket; on Windows, of a named pipe. */
  address: string;
  key: string;
}

/** What one of the two models says, one entry a pair of tokens. */
export interface ModelSide {
  /** Of the token that stands there. */
  logprob: Float64Array;
  /** How many tokens were more probable. */
  rank: Uint32Array;
  /** Of the distribution that predicts it. */
  entropy: Float64Array;
  /** The most probable tokens in its place, the first first: [pair, topK]. */
  topIds: Uint32Array;
  topLogprobs: Float32Array;
  /** Where ranks are known only up to a number: a token of that rank has it at least. */
  rankLimit?: number;
  /** Whether entropies are only known to be no less than what is given. */
  isEntropyBound?: boolean;
}

/** Two models at pairs of positions, over the whole vocabulary; of models that do not give that, what each predicts there. */
export interface TokenDifferences {
  a: ModelSide;
  b: ModelSide;
  /** KL(A ‖ B) = Σ p_A (ln p_A − ln p_B), and KL(B ‖ A): one entry a pair; NaN where not both give whole distributions. */
  kl: Float64Array;
  reverseKl: Float64Array;
  topK: number;
}

/** A text that is compared, as a model is given it. */
export interface ComparedPrompt {
  text: string;
  /** What of it is the text that is compared. */
  content: Span;
  /** Units of that text before the content: a template may leave out blanks at its ends. */
  skipped: number;
}

/** Tokens that both models read alike. Offsets in UTF-16 units of the text that is compared. */
export interface ComparedTokens extends TokenDifferences {
  ids: Uint32Array;
  starts: Uint32Array;
  ends: Uint32Array;
  /** Where they stand in the traces of A and of B. */
  positionsA: Uint32Array;
  positionsB: Uint32Array;
}

/** A part of the text that both models cut off at the same characters, though into other tokens. */
export interface SharedSpan extends Span {
  tokensA: number;
  tokensB: number;
  /** Sums of ln p of its tokens. */
  logprobA: number;
  logprobB: number;
}

/** A text as two models read it. */
export interface ComparedText {
  text: string;
  /** With different vocabularies there are no pairs of tokens, and KL is not defined. */
  sameVocabulary: boolean;
  tokens: ComparedTokens;
  /** All of the text that both predict, in order; where the vocabulary is the same, most are one token. */
  spans: SharedSpan[];
  traceA: number;
  traceB: number;
}

/** What B is, beside A. */
export type ComparisonKind = 'model' | 'adapter' | 'weights' | 'chatTemplate' | 'heads' | 'steering';

export interface ComparedModelInfo {
  /** Short, and of no other model that is shown. */
  label: string;
  /** Undefined while it is not loaded. */
  model: ModelInfo | undefined;
}

/** `llama-perplexity --kl-divergence` of llama.cpp, B as the quantised model and A as its base. */
export interface DivergenceStatistics {
  tokens: number;
  perplexityA: Estimate;
  perplexityB: Estimate;
  /** Of both ln PPL's terms, token by token: from −1 to 1. */
  correlation: number;
  /** ln(PPL(B) / PPL(A)), and its standard error. */
  logRatio: Estimate;
  ratio: Estimate;
  difference: Estimate;
  kl: Distributed;
  /** p_B − p_A of the tokens that stand there, as shares from −1 to 1. */
  probabilityChange: Distributed;
  rootMeanSquareChange: Estimate;
  /** The share of positions at which both have the same first guess. */
  sameTop: Estimate;
}

export interface Estimate {
  value: number;
  /** Standard error of the mean; NaN where there are too few tokens for one. */
  error: number;
}

export interface Distributed {
  mean: Estimate;
  maximum: number;
  minimum: number;
  /** In llama.cpp's order: 99.9, 99, 95, 90, 75, 50, 25, 10, 5, 1, 0.1 %, of KL without 75 and 25; linear between two values. */
  percentiles: { percent: number; value: number }[];
}

/** Two answers to one prompt under both models: sums of ln p over the tokens of the answer. */
export interface ScoredPair {
  /** Where not, `tokens` are parts of the answers that both models cut off at the same characters. */
  sameVocabulary: boolean;
  chosen: ScoredAnswer;
  rejected: ScoredAnswer;
}

export interface ScoredAnswer {
  text: string;
  tokens: { text: string; logprobA: number; logprobB: number }[];
  logprobA: number;
  logprobB: number;
}
