import { firstAtLeast } from '../../shared/sorted';
import type { Span } from '../../shared/tokens';
import type { ReadingMode } from './reading';
import { firstTokenAfter, type Reading, type ReadingPart, standsInDocument } from './reading';

/** Some tokens of a part that stand one after another, [from, to). */
export interface TokenRun {
  part: ReadingPart;
  from: number;
  to: number;
}

/** The tokens that have a part in some spans of the document, each once. @param spans in their order */
export function* tokenRuns({ parts }: Reading, spans: readonly Span[]): Generator<TokenRun> {
  for (const part of parts) {
    let next = 0;
    for (const { start, end } of spans) {
      const from = Math.max(next, firstTokenAfter(part, start));
      next = Math.max(from, firstAtLeast(part.starts, end));
      if (next > from) yield { part, from, to: next };
    }
  }
}

/** How many there are. */
export function countTokensOf(reading: Reading, spans: readonly Span[]): number {
  let count = 0;
  for (const { part, from, to } of tokenRuns(reading, spans)) {
    for (let index = from; index < to; index++) if (standsInDocument(part, index)) count++;
  }
  return count;
}

/**
 * Whether the model has read some spans, and as it would if they were selected: with the text before them a text that ends
 * with a token where the last of them does; alone, a text for each.
 */
export function isReadIn({ parts }: Reading, spans: readonly Span[], mode: ReadingMode): boolean {
  const last = spans.at(-1);
  return spans.every((span) =>
    parts.some(({ starts, ends }) => {
      const [start, end] = [starts[0] ?? span.end, ends.at(-1) ?? 0];
      if (mode === 'selectionAlone') return start === span.start && end === span.end;
      const endsWithToken = span !== last || ends[firstAtLeast(ends, span.end)] === span.end;
      return start <= span.start && end >= span.end && endsWithToken;
    }),
  );
}
