import { type Sums, sumsOfPredictions } from '../../display/sums';
import type { Span } from '../../shared/tokens';
import { type TokenRun, tokenRuns } from './count';
import { type Reading, standsInDocument } from './reading';

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
  const predictions: Parameters<typeof sumsOfPredictions>[0][number][] = [];
  let tokens = 0;
  let characters = 0;
  for (const { part, from, to } of tokenRuns(reading, spans)) {
    characters += [...textOf({ part, from, to }, textIn)].length;
    for (let index = from; index < to; index++) {
      if (!standsInDocument(part, index)) continue;
      tokens++;
      const logprob = part.predictions.logprob[index] ?? Number.NaN;
      const { rank, rankLimit } = part.predictions;
      if (!Number.isNaN(logprob)) predictions.push({ logprob, rank: rank[index] ?? 0, rankLimit });
    }
  }
  return { tokens, ...sumsOfPredictions(predictions, characters) };
}

/** What some tokens stand for; of a text that stands in the document in another form, as the model reads it. */
function textOf({ part, from, to }: TokenRun, textIn: (span: Span) => string): string {
  const { apart } = part;
  if (!apart) return textIn({ start: part.starts[from] ?? 0, end: part.ends[to - 1] ?? 0 });
  let text = '';
  let end = 0;
  for (let index = from; index < to; index++) {
    if (!standsInDocument(part, index)) continue;
    text += apart.text.slice(Math.max(end, apart.starts[index] ?? 0), apart.ends[index]);
    end = apart.ends[index] ?? end;
  }
  return text;
}
