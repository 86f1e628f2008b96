import type { HeadSources } from '../../../../src/shared/why-api';

type Sources = Pick<HeadSources, 'weights' | 'values'>;

/** A token with so much of the weight is where a head looks. */
const MOST = 0.5;
/** One that brings less than this share of what its weight would have it bring has next to nothing to say, */
const LITTLE = 0.2;
/** or one that brings less than this, in nats: the one token becomes 2 % more probable beside the other. */
const NOTHING = 0.02;

/** Tokens, those that bring most first. */
export function strongestOf(values: Float32Array): number[] {
  return [...values.keys()].sort((one, other) => Math.abs(values[other] ?? 0) - Math.abs(values[one] ?? 0));
}

/** The tokens that bring most, and in any case the one with the most weight: that it brings little is what one wants to see. */
export function listedOf({ weights, values }: Sources, count: number): number[] {
  const listed = strongestOf(values).slice(0, count);
  const looked = mostLookedAt(weights);
  return listed.includes(looked) ? listed : [...listed.slice(0, count - 1), looked];
}

/** The token that a head looks at most without taking much from it, where there is one. */
export function idleOf({ weights, values }: Sources): number | undefined {
  const looked = mostLookedAt(weights);
  const [weight = 0, value = 0] = [weights[looked], values[looked]];
  const all = values.reduce((sum, each) => sum + Math.abs(each), 0);
  return weight >= MOST && Math.abs(value) < Math.max(NOTHING, LITTLE * weight * all) ? looked : undefined;
}

const mostLookedAt = (weights: Float32Array) =>
  weights.reduce((most, weight, key) => (weight > (weights[most] ?? 0) ? key : most), 0);
