import { exponential } from './exponential';

/*
 * What `llama-perplexity --kl-divergence` computes of a pair of rows: `log_softmax` of llama.cpp's tools/perplexity/perplexity.cpp.
 * Of the base model, A here, it has a file of 16 bits a token; both roundings below are its own.
 */

/** Nats below the largest logit, or more: all that is less probable counts as this. */
const DEPTH = 16;
const STEPS = 65535;
/** Added to a number of 32 bits, rounds it to a whole one as llama.cpp does: half to even. */
const ROUNDS = 1.5 * 2 ** 52;

/** Natural logarithms of probabilities as llama.cpp's file of A gives them back, of a row of logits [V]; written into `into`. */
export function roundAsLlamaCpp(logits: Float32Array, into: Float32Array): void {
  const { largest, smallest } = extremes(logits);
  const floor = Math.max(smallest, Math.fround(largest - DEPTH));
  let sum = 0;
  for (let id = 0; id < logits.length; id++) sum += exponential((logits[id] as number) - largest);
  const lowest = Math.fround(floor - largest - Math.fround(Math.log(sum)));
  const scale = Math.fround((largest - floor) / STEPS);
  if (scale === 0) {
    into.fill(lowest);
    return;
  }
  const perStep = Math.fround(1 / scale);
  for (let id = 0; id < logits.length; id++) {
    const above = (logits[id] as number) - floor;
    const step = above > 0 ? Math.fround(perStep * Math.fround(above)) + ROUNDS - ROUNDS : 0;
    into[id] = Math.fround(scale * step) + lowest;
  }
}

/** KL(A ‖ B) without the tokens of which ln p_A is −16 or less. @param logprobsA rounded @param logZB ln Σ e^logit of B */
export function divergenceAsLlamaCpp(logprobsA: Float32Array, logitsB: Float32Array, logZB: number): number {
  let sum = 0;
  for (let id = 0; id < logprobsA.length; id++) {
    const logprob = logprobsA[id] as number;
    if (logprob > -DEPTH) sum += exponential(logprob) * (logprob - (logitsB[id] as number) + logZB);
  }
  return sum;
}

function extremes(values: Float32Array): { largest: number; smallest: number } {
  let largest = values[0] as number;
  let smallest = largest;
  for (let i = 1; i < values.length; i++) {
    const value = values[i] as number;
    if (value > largest) largest = value;
    if (value < smallest) smallest = value;
  }
  return { largest, smallest };
}
