import type { Sampling } from './request-fields';

/** A token that sampling may draw, with its probability among those left. */
export interface Candidate {
  id: number;
  probability: number;
}

/**
 * The distribution that a token is drawn from: logprobs [V] divided by the temperature, then cut by top-k, top-p and min-p in
 * that order (the order of Hugging Face transformers), then renormalised. Most probable first.
 *
 * Temperature 0 leaves the most probable token alone.
 *
 * @param order token ids, the most probable first, where they are known: sorting them is most of the work
 */
export function candidates(
  logprobs: Float32Array,
  { temperature, topK, topP, minP }: Sampling,
  order?: readonly number[],
): Candidate[] {
  const best = order?.[0] ?? mostProbable(logprobs);
  if (temperature === 0) return [{ id: best, probability: 1 }];
  const top = logprobs[best] as number;
  const ordered = order ?? byProbability(logprobs);
  const scaled = (id: number) => Math.exp(((logprobs[id] as number) - top) / temperature);
  let left = normalise(ordered.slice(0, topK ?? ordered.length).map((id) => ({ id, probability: scaled(id) })));
  if (topP !== undefined) left = normalise(nucleus(left, topP));
  const floor = (minP ?? 0) * (left[0]?.probability ?? 0);
  return normalise(left.filter(({ probability }) => probability >= floor));
}

/** Token ids, the most probable first. */
export function byProbability(logprobs: Float32Array): number[] {
  return Array.from(logprobs.keys()).sort((a, b) => (logprobs[b] as number) - (logprobs[a] as number));
}

/** Draws a token; `random` is from [0, 1). */
export function draw(from: readonly Candidate[], random: number): Candidate {
  let sum = 0;
  for (const candidate of from) {
    sum += candidate.probability;
    if (random < sum) return candidate;
  }
  return from.at(-1) as Candidate;
}

/** Random numbers from [0, 1) that a seed decides: mulberry32 (Ettinger 2017). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function mostProbable(logprobs: Float32Array): number {
  let best = 0;
  for (let id = 1; id < logprobs.length; id++) {
    if ((logprobs[id] as number) > (logprobs[best] as number)) best = id;
  }
  return best;
}

/** The most probable candidates that together have at least this probability: one at the least. */
function nucleus(from: Candidate[], probability: number): Candidate[] {
  let sum = 0;
  const end = from.findIndex((candidate) => {
    sum += candidate.probability;
    return sum >= probability;
  });
  return end < 0 ? from : from.slice(0, end + 1);
}

function normalise(from: Candidate[]): Candidate[] {
  const sum = from.reduce((total, { probability }) => total + probability, 0);
  return from.map(({ id, probability }) => ({ id, probability: probability / sum }));
}
