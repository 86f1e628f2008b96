import { type Sums, sumsOfPredictions } from '../../display/sums';
import type { Span } from '../../shared/tokens';
import { tokenRuns } from './count';
import type { Reading } from './reading';

/** How many tokens some spans have, and what these come to. */
export interface SpanSums extends Sums {
  tokens: number;
}

/**
 * The sums of some spans of a text that was read: those of `vitrine inspect --select`.
 *
 * @param spans in UTF-16 units, in their order
 * @param textIn the text of a span
 */
export function sumsIn(reading: Reading, spans: readonly Span[], textIn: (span: Span) => string): SpanSums {
  const predictions: { logprob: number; rank: number }[] = [];
  let tokens = 0;
  let characters = 0;
  for (const { part, from, to } of tokenRuns(reading, spans)) {
    tokens += to - from;
    characters += [...textIn({ start: part.starts[from] ?? 0, end: part.ends[to - 1] ?? 0 })].length;
    for (let index = from; index < to; index++) {
      const logprob = part.predictions.logprob[index] ?? Number.NaN;
      if (!Number.isNaN(logprob)) predictions.push({ logprob, rank: part.predictions.rank[index] ?? 0 });
    }
  }
  return { tokens, ...sumsOfPredictions(predictions, characters) };
}
