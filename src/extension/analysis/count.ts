import { firstAtLeast } from '../../shared/sorted';
import type { Span } from '../../shared/tokens';
import { type Analysis, type AnalysisPart, firstTokenAfter } from './analysis';

/** Some tokens of a part that stand one after another, [from, to). */
export interface TokenRun {
  part: AnalysisPart;
  from: number;
  to: number;
}

/** The tokens that have a part in some spans of the document, each once. @param spans in their order */
export function* tokenRuns({ parts }: Analysis, spans: readonly Span[]): Generator<TokenRun> {
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
export function countAnalysedIn(analysis: Analysis, spans: readonly Span[]): number {
  let count = 0;
  for (const { from, to } of tokenRuns(analysis, spans)) count += to - from;
  return count;
}

/** Whether the model has read all of some spans. */
export function isReadIn({ parts }: Analysis, spans: readonly Span[]): boolean {
  return spans.every(({ start, end }) =>
    parts.some(({ starts, ends }) => (starts[0] ?? end) <= start && (ends.at(-1) ?? 0) >= end),
  );
}
