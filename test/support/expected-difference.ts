import { rowsOf } from './patterns';

/**
 * What is to be expected of two models, in 64 bits, from rows of logarithms of probabilities after every token, [T, V]: of each
 * token but the first.
 */
export function expectedDifference(ids: readonly number[], logprobsA: Float32Array, logprobsB: Float32Array) {
  const rows = (logprobs: Float32Array) => rowsOf(logprobs, logprobs.length / ids.length).slice(0, -1);
  const pairs = rows(logprobsA).map((p, i) => [p, rows(logprobsB)[i] as Float32Array] as const);
  const sum = (p: Float32Array, term: (id: number) => number) =>
    Array.from(p, (logprob, id) => Math.exp(logprob) * term(id)).reduce((total, each) => total + each, 0);
  const klOf = (p: Float32Array, q: Float32Array) => sum(p, (id) => (p[id] as number) - (q[id] as number));
  return {
    kl: pairs.map(([p, q]) => klOf(p, q)),
    reverseKl: pairs.map(([p, q]) => klOf(q, p)),
    entropyA: pairs.map(([p]) => -sum(p, (id) => p[id] as number)),
    logRatio: pairs.map(([p, q], i) => (q[ids[i + 1] as number] as number) - (p[ids[i + 1] as number] as number)),
  };
}
