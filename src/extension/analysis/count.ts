import type { Span } from '../../shared/tokens';
import { type Analysis, firstTokenAfter } from './analysis';

/** How many of the tokens that the model read have a part in some spans of the document. @param spans in their order */
export function countAnalysedIn({ parts }: Analysis, spans: readonly Span[]): number {
  let count = 0;
  for (const part of parts) {
    let next = 0;
    for (const { start, end } of spans) {
      const from = Math.max(next, firstTokenAfter(part, start));
      next = Math.max(from, firstTokenFrom(part.starts, end));
      count += next - from;
    }
  }
  return count;
}

/** The first token that starts at or after an offset, by binary search. */
function firstTokenFrom(starts: Uint32Array, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) >= offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
