import { exponential } from './exponential';

/** Two distributions over the same tokens: all natural logarithms, all in nats. */
export interface ComparedRows {
  /** What is taken from a logit to give its token's ln p. */
  logZA: number;
  logZB: number;
  entropyA: number;
  entropyB: number;
  /** KL(A ‖ B) and KL(B ‖ A). */
  kl: number;
  reverseKl: number;
}

/**
 * Holds two rows of logits against each other, of as many tokens, in one pass and in 64 bits. With a and b the logits less the
 * largest of their row, and Z the sum of all e^a: KL(A ‖ B) = Σ e^a (a − b) / Z_A − ln Z_A + ln Z_B, and the entropy is
 * ln Z_A − Σ e^a a / Z_A.
 */
export function compareRows(
  logitsA: Float32Array,
  logitsB: Float32Array,
  largestA: number,
  largestB: number,
): ComparedRows {
  let [sumA, sumB, meanA, meanB, crossA, crossB] = [0, 0, 0, 0, 0, 0];
  for (let id = 0; id < logitsA.length; id++) {
    const a = (logitsA[id] as number) - largestA;
    const b = (logitsB[id] as number) - largestB;
    const p = exponential(a);
    const q = exponential(b);
    sumA += p;
    sumB += q;
    meanA += p * a;
    meanB += q * b;
    crossA += p * b;
    crossB += q * a;
  }
  const [lnA, lnB] = [Math.log(sumA), Math.log(sumB)];
  // Of distributions that are equal, rounding may leave less than nothing.
  return {
    logZA: largestA + lnA,
    logZB: largestB + lnB,
    entropyA: Math.max(0, lnA - meanA / sumA),
    entropyB: Math.max(0, lnB - meanB / sumB),
    kl: Math.max(0, (meanA - crossA) / sumA - lnA + lnB),
    reverseKl: Math.max(0, (meanB - crossB) / sumB - lnB + lnA),
  };
}
