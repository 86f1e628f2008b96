import { TOP_K } from '../model/graphs/ports';
import type { Predictions } from '../shared/engine-api';
import type { Chunk } from './chunk';
import type { Trace } from './trace';

/** What the model thinks of the tokens [from, to) of a trace, and of what comes after each. */
export function predictionsOf(trace: Trace, from: number, to: number, topK: number): Predictions {
  const count = to - from;
  const kept = Math.min(topK, TOP_K, trace.chunks[0]?.topK ?? 0);
  const predictions: Predictions = {
    logprob: new Float32Array(count).fill(Number.NaN),
    rank: new Uint32Array(count),
    logZAfter: new Float32Array(count),
    entropyAfter: new Float32Array(count),
    topIdsAfter: new Uint32Array(count * kept),
    topLogprobsAfter: new Float32Array(count * kept),
    topK: kept,
  };
  for (const chunk of trace.chunks) {
    for (let i = 0; i < chunk.length; i++) copyPosition(predictions, chunk, i, chunk.start + i - from);
  }
  return predictions;
}

/** Position `i` of a chunk tells of the distribution after place `at` and, by it, of the token that stands at `at + 1`. */
function copyPosition(to: Predictions, chunk: Chunk, i: number, at: number): void {
  const count = to.logprob.length;
  if (at + 1 >= 0 && at + 1 < count) {
    to.logprob[at + 1] = chunk.logprob[i] as number;
    to.rank[at + 1] = chunk.rank[i] as number;
  }
  if (at < 0 || at >= count) return;
  to.logZAfter[at] = chunk.logZ[i] as number;
  to.entropyAfter[at] = chunk.entropy[i] as number;
  const from = i * chunk.topK;
  to.topIdsAfter.set(chunk.topIds.subarray(from, from + to.topK), at * to.topK);
  to.topLogprobsAfter.set(chunk.topLogprobs.subarray(from, from + to.topK), at * to.topK);
}
