import type { Predictions, TraceInfo } from '../../shared/engine-api';
import type { VitrineJudgedToken } from './vitrine';

/** What the engine tells of a text, token by token. @param textOf of a token, by its id */
export function judgedTokens(
  { ids, starts, ends }: TraceInfo,
  { logprob, rank, entropyAfter: entropy, topIdsAfter: topIds, topLogprobsAfter: topLogprobs, topK }: Predictions,
  textOf: (id: number) => string,
): VitrineJudgedToken[] {
  return Array.from(ids, (id, i) => {
    const isPredicted = !Number.isNaN(logprob[i]);
    return {
      id,
      text: textOf(id),
      start: starts[i] ?? 0,
      end: ends[i] ?? 0,
      logprob: isPredicted ? logprob[i] : undefined,
      rank: isPredicted ? rank[i] : undefined,
      entropy: entropy[i] ?? 0,
      top: Array.from(topIds.subarray(i * topK, (i + 1) * topK), (top, k) => {
        return { id: top, text: textOf(top), logprob: topLogprobs[i * topK + k] ?? 0 };
      }),
    };
  });
}
