import type { Sentence } from './errors';

/*
 * Tokens of a vocabulary that a model has hardly been trained on ("glitch tokens"), by the indicators of Land and Bartolo
 * 2024, arXiv 2405.05417: the smaller one is, the less was a token trained.
 */

/**
 * The length of a token's row of the embedding; the cosine distance of its row of the unembedding to the mean row of tokens
 * that are known to be unused; the same after the mean of all rows, or their first principal component, was taken out.
 */
export const INDICATORS = ['inputNorm', 'cosine', 'cosineWithoutMean', 'cosineWithoutComponent'] as const;
export type Indicator = (typeof INDICATORS)[number];

/** What becomes of a token whose text is tokenized again. The last is a row of the matrix that is no token. */
export const TOKEN_CATEGORIES = [
  'OK',
  'OK_SPECIAL',
  'UNREACHABLE_SPECIAL',
  'UNREACHABLE_SINGLE_TOKEN',
  'UNREACHABLE_MULTI_TOKEN',
  'UNDECODEABLE',
  'NO_TOKEN',
] as const;
export type TokenCategory = (typeof TOKEN_CATEGORIES)[number];

export interface UndertrainedToken {
  id: number;
  text: string;
  indicator: number;
  category: TokenCategory;
  /** Of the tokens that text can become, the share with a smaller indicator. */
  percentile: number;
}

export interface Undertrained {
  indicator: Indicator;
  /** Why that one. */
  reason: Sentence;
  /** Those that can be computed of this model, the usual one first. */
  available: readonly Indicator[];
  /** Tokens that no text of the training can have had, which distances are measured from. */
  unused: Uint32Array;
  /** One a row of the matrix. */
  values: Float32Array;
  /** Of each, the place in `TOKEN_CATEGORIES`. */
  categories: Uint8Array;
  /** What 2 % of the tokens that text can become are at or below. */
  threshold: number;
  /** Those, the least trained first, without single bytes and control tokens: they look untrained and are no news. */
  candidates: readonly UndertrainedToken[];
}

/** What a model made of a token in prompts that ask it to repeat it. */
export interface VerifiedToken {
  id: number;
  /** The largest that it gave the token in any of them. */
  probability: number;
  prompts: readonly { name: string; probability: number; answer: string }[];
}
