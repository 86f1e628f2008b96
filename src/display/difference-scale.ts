/*
 * How what two models say of a token becomes a tint and an underline: of ln(p_B / p_A) the scale of every difference of
 * surprisal, here in nats; of KL(A ‖ B) the line below it, a step each power of ten.
 */

import { bitsOf, differenceShare } from './scales';

/** Where the scale has ticks, in nats. */
export const LOG_RATIO_TICKS = [-5, -1, 0, 1, 5] as const;

/** From so many nats on a line is dotted, dashed, solid. */
export const KL_STEPS = [0.01, 0.1, 1] as const;

/** Nats of ln(p_B / p_A) of which less is rounding of the arithmetic. */
export const LEAST_LOG_RATIO = 1e-4;

/** Nats of KL(A ‖ B) of which less is rounding of the arithmetic. */
export const LEAST_KL = 1e-6;

/** How heavy a line is: none, dotted, dashed, solid. */
export type LineWeight = 0 | 1 | 2 | 3;

/** @param nats ln(p_B / p_A). @returns −1, where B finds it less probable, to 1 */
export function logRatioShare(nats: number): number {
  return differenceShare(bitsOf(-nats));
}

/** @param nats of KL(A ‖ B) */
export function lineWeightOf(nats: number): LineWeight {
  return KL_STEPS.filter((step) => nats >= step).length as LineWeight;
}
