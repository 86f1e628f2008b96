/** Tokens that are shown: the most probable ones. */
export const BEST = 5;

/** A token on its way from a score to a probability. */
export interface SoftmaxStep {
  logit: number;
  /** The same divided by the temperature. */
  scaled: number;
  /** e to the power of that, after the largest was taken away: 1 of the most probable token. */
  exponential: number;
  probability: number;
}

export interface SoftmaxSteps {
  tokens: SoftmaxStep[];
  /** What was taken away from each before the exponential: the largest of the vocabulary's scores, divided by the temperature. */
  largest: number;
  /** Of the vocabulary's exponentials. */
  sum: number;
  /** All tokens that are not among these, together. */
  rest: Pick<SoftmaxStep, 'exponential' | 'probability'>;
}

/**
 * Softmax one step at a time: e^((x − m)/T) / Σ e^((x − m)/T), where m is the largest score.
 *
 * @param logits of some tokens, the most probable token of all the first
 * @param sum of all exponentials of the vocabulary, each after the largest was taken away
 */
export function softmaxSteps(logits: readonly number[], temperature: number, sum: number): SoftmaxSteps {
  const largest = (logits[0] ?? Number.NaN) / temperature;
  const tokens = logits.map((logit): SoftmaxStep => {
    const scaled = logit / temperature;
    const exponential = Math.exp(scaled - largest);
    return { logit, scaled, exponential, probability: exponential / sum };
  });
  const shown = tokens.reduce((total, { exponential }) => total + exponential, 0);
  const exponential = Math.max(0, sum - shown);
  return { tokens, largest, sum, rest: { exponential, probability: exponential / sum } };
}
