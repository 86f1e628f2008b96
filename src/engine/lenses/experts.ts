import type { LayerExperts } from '../../shared/engine-api';
import type { ExpertChoices } from '../expert-choices';
import { checkRange } from '../ranges';
import type { Trace } from '../trace';
import type { LensOf } from './lens';

/** Which experts saw each token; nothing of a model without experts. */
export const experts: LensOf<'experts'> = {
  runsGraph: false,
  answer({ from, to }, { trace }) {
    checkRange(trace, { from, to });
    return (trace.chunks[0]?.experts ?? []).map((choices, index) => ofLayer(trace, choices, index, from, to));
  },
};

/** @param index of the layer among those that have experts */
function ofLayer(
  { chunks }: Trace,
  { layer, perToken }: ExpertChoices,
  index: number,
  from: number,
  to: number,
): LayerExperts {
  const all: LayerExperts = {
    layer,
    perToken,
    experts: new Uint32Array((to - from) * perToken),
    weights: new Float32Array((to - from) * perToken),
  };
  for (const { start, length, experts } of chunks) {
    const first = Math.max(from, start);
    const last = Math.min(to, start + length);
    const choices = experts[index];
    if (first >= last || !choices) continue;
    const range = [(first - start) * perToken, (last - start) * perToken] as const;
    all.experts.set(choices.experts.subarray(...range), (first - from) * perToken);
    all.weights.set(choices.weights.subarray(...range), (first - from) * perToken);
  }
  return all;
}
