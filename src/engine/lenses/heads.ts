import { kindOf, type ModelConfig } from '../../model/config';
import { TRACKED_KEYS } from '../../model/graphs/ports';
import type { HeadSummary } from '../../shared/engine-api';
import type { Chunk } from '../chunk';
import { NO_KEY, type Trace } from '../trace';
import type { LensOf } from './lens';

/** What each head does in a text. */
export const heads: LensOf<'heads'> = {
  runsGraph: false,
  answer: (_, { model, trace }) => headSummaries(trace, model.compiled.config),
};

/** Means over a head's queries but the first, which can only look at itself. */
function headSummaries(trace: Trace, config: ModelConfig): HeadSummary[] {
  const { numHiddenLayers, numAttentionHeads } = config;
  const queries = trace.ids.length - 1;
  const inductionQueries = trace.inductionKeys.reduce((count, key) => count + (key === NO_KEY ? 0 : 1), 0);
  return Array.from({ length: numHiddenLayers * numAttentionHeads }, (_, index) => {
    const sums = trace.chunks.map((chunk) => sumsOf(chunk, trace, index));
    const total = (at: number) => sums.reduce((sum, part) => sum + (part[at] as number), 0);
    const layer = Math.floor(index / numAttentionHeads);
    return {
      layer,
      head: index % numAttentionHeads,
      previous: total(0) / queries,
      first: total(1) / queries,
      self: total(2) / queries,
      induction: total(3) / inductionQueries,
      inductionQueries,
      entropy: total(4) / queries,
      ...(kindOf(config, layer).hasSinks && { sink: Math.max(0, 1 - total(5) / queries) }),
    };
  });
}

/** Sums of the tracked weights, of the entropy and of all weights, over a chunk's queries; NaN comes of dividing them by no queries. */
function sumsOf(chunk: Chunk, { inductionKeys }: Trace, index: number): number[] {
  const sums = [0, 0, 0, 0, 0, 0];
  const add = (at: number, value: number) => {
    sums[at] = (sums[at] as number) + value;
  };
  for (let i = chunk.start === 0 ? 1 : 0; i < chunk.length; i++) {
    const row = index * chunk.length + i;
    for (const [at, key] of TRACKED_KEYS.entries()) {
      const known = key !== 'induction' || inductionKeys[chunk.start + i] !== NO_KEY;
      if (known) add(at, chunk.trackedWeights[row * TRACKED_KEYS.length + at] as number);
    }
    add(TRACKED_KEYS.length, chunk.headEntropy[row] as number);
    add(TRACKED_KEYS.length + 1, chunk.headTotals?.[row] ?? 1);
  }
  return sums;
}
