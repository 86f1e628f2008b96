/*
 * How quantities become tints: each has one scale, the same in every view. A share is 0 at the quiet end and 1 at the
 * loud end and beyond; what is not a number has none.
 */

import { LEAST_SHARE } from './numbers';

export const SURPRISAL_END_BITS = 16;
/** 0.001 %: five decades below certainty. */
export const PROBABILITY_DECADES = 5;
/** The thousandth guess: three decades from the first. */
export const RANK_DECADES = 3;
/** So many bits more or less of surprisal are the ends of the scale of differences. */
export const DIFFERENCE_END_BITS = 8;

export function surprisalShare(bits: number): number {
  return clamp(bits / SURPRISAL_END_BITS);
}

/** @param logprob natural logarithm; the less probable, the louder. */
export function probabilityShare(logprob: number): number {
  return clamp(-logprob / (PROBABILITY_DECADES * Math.LN10));
}

/** Where the scale ends of ranks that are known up to a limit: what is past that is told from the last that is known. */
const KNOWN_RANKS_END = 0.85;

/**
 * @param rank from 0, the most probable.
 * @param limit where ranks are known only up to it: those that reach it stand at the loud end. Of 0 none is known.
 */
export function rankShare(rank: number, limit = Number.POSITIVE_INFINITY): number {
  if (limit === Number.POSITIVE_INFINITY) return clamp(Math.log10(rank + 1) / RANK_DECADES);
  if (limit === 0) return Number.NaN;
  return rank < limit ? (KNOWN_RANKS_END * Math.log(rank + 1)) / Math.log(limit + 1) : 1;
}

/** @param bits of entropy, which is at most log2 of the vocabulary's size. */
export function entropyShare(bits: number, vocabulary: number): number {
  return clamp(bits / Math.log2(vocabulary));
}

/** @param weight from 0 to `largest`, the largest weight shown. */
export function attentionShare(weight: number, largest: number): number {
  return weight >= LEAST_SHARE ? clamp(Math.sqrt(weight / largest)) : 0;
}

/** @param bits more of surprisal (less: negative). @returns −1 to 1; by the square root, so that small differences are seen. */
export function differenceShare(bits: number): number {
  return Math.sign(bits) * clamp(Math.sqrt(Math.abs(bits) / DIFFERENCE_END_BITS));
}

/** Where a signed value stands on a scale from `-end` to `end`: −1 to 1, by the square root, so that small ones are seen. */
export function signedShare(value: number, end: number): number {
  return end > 0 ? Math.sign(value) * clamp(Math.sqrt(Math.abs(value) / end)) : 0;
}

/** @param logprob natural logarithm. @returns bits of surprisal. */
export function bitsOf(logprob: number): number {
  return -logprob / Math.LN2;
}

const clamp = (share: number) => Math.min(1, Math.max(0, share));
