/** What a model says of the tokens that training counts. */
export interface ScoredSum {
  /** How many of them something predicts. */
  scored: number;
  /** Of their ln p. */
  sum: number;
}

/** @param logprobs natural logarithms, one a token; of the first it is not asked, for nothing predicts it */
export function scoredSum(isScored: Uint8Array, logprobs: ArrayLike<number>): ScoredSum {
  let scored = 0;
  let sum = 0;
  for (let token = 1; token < isScored.length; token++) {
    if (isScored[token] === 0) continue;
    scored++;
    sum += logprobs[token] as number;
  }
  return { scored, sum };
}

/** −log2 p a token; undefined where there is none. */
export const bitsAToken = ({ scored, sum }: ScoredSum): number | undefined =>
  scored === 0 ? undefined : -sum / scored / Math.LN2;
