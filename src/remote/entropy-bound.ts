/**
 * What the entropy of a distribution is at least, in bits, of which only the largest probabilities are known. What is left of
 * 1 is on tokens of which none is more probable than the last that is known, and at the least on one: each part p of it adds
 * p · log2(1/p), which is no less than p times the smaller of both logarithms that follow.
 *
 * @param logprobs natural logarithms, the largest first
 */
export function entropyBound(logprobs: readonly number[]): number {
  let known = 0;
  let nats = 0;
  for (const logprob of logprobs) {
    const probability = Math.exp(logprob);
    known += probability;
    if (probability > 0) nats -= probability * logprob;
  }
  const rest = Math.max(0, 1 - known);
  const largest = Math.min(rest, Math.exp(logprobs.at(-1) ?? 0));
  if (largest > 0) nats -= rest * Math.log(largest);
  return Math.max(0, nats) / Math.LN2;
}
