import { LEAST_SHARE } from '../../../src/display/numbers';
import { attentionShare } from '../../../src/display/scales';
import { isOutOfReach } from './reach';

/** Where one token looks: its weights on the keys 0 to itself, as they are shown. */
export interface RowWeights {
  query: number;
  weights: Float32Array;
  /** Whether key 0 is hidden. */
  masksSink: boolean;
  /** The largest weight that is shown; 0 where all is hidden. */
  largest: number;
  /** What key 0 took. */
  sink: number;
  /** What a sink of the head's own took, which is no token; undefined where it has none. */
  ownSink: number | undefined;
  /** How many keys the query sees, itself included; undefined where it sees all before it. */
  reach: number | undefined;
}

/** @param hasSinks whether the head has a sink of its own, which has what the keys leave */
export function rowWeights(
  weights: Float32Array,
  { masksSink, hasSinks, reach }: { masksSink: boolean; hasSinks: boolean; reach: number | undefined },
): RowWeights {
  const shown = masksSink ? weights.subarray(1) : weights;
  const largest = shown.reduce((most, weight) => Math.max(most, weight), 0);
  const ownSink = hasSinks ? Math.max(0, 1 - weights.reduce((sum, weight) => sum + weight, 0)) : undefined;
  return { query: weights.length - 1, weights, masksSink, largest, sink: weights[0] ?? 0, ownSink, reach };
}

/** Whether the query cannot look at a key. */
export const isUnreachable = ({ query, reach }: RowWeights, key: number): boolean => isOutOfReach(query, key, reach);

/** 0 to 1, of a key's tint. */
export function shareOfKey({ weights, masksSink, largest }: RowWeights, key: number): number {
  return masksSink && key === 0 ? 0 : attentionShare(weights[key] ?? 0, largest);
}

/** The keys with the largest weights that are shown, the largest first; none whose weight is as good as nothing. */
export function strongestKeys({ weights, masksSink }: RowWeights, count: number): number[] {
  const strongest: number[] = [];
  const isStronger = (key: number, other: number | undefined) => (weights[key] ?? 0) > (weights[other ?? -1] ?? -1);
  for (let key = masksSink ? 1 : 0; key < weights.length; key++) {
    if ((weights[key] ?? 0) < LEAST_SHARE) continue;
    if (strongest.length === count && !isStronger(key, strongest.at(-1))) continue;
    let at = strongest.length;
    while (at > 0 && isStronger(key, strongest[at - 1])) at--;
    strongest.splice(at, 0, key);
    if (strongest.length > count) strongest.pop();
  }
  return strongest;
}
