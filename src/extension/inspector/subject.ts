import type { Subject, TraceTokens } from '../../shared/inspector-api';
import { firstAtLeast } from '../../shared/sorted';
import type { Span } from '../../shared/tokens';

/** A part of a document as it was when somebody asked to inspect it. Offsets in UTF-16 units of the document. */
export interface Excerpt {
  title: string;
  lines: Subject['lines'];
  /** Where the text begins that the model was to read. */
  from: number;
  /** Where this part of it begins: the model has no room for more. */
  start: number;
  text: string;
  shown: readonly Span[];
  /** How the document goes on where the text ends inside a word; else empty. */
  restOfWord: string;
}

/** What views are told of it. @param read its tokens, the first of which begins where the model's context does */
export function subjectOf(excerpt: Excerpt, read: TraceTokens | undefined, revision: number): Subject {
  const skipped = skippedBefore(read);
  const start = excerpt.start + skipped;
  return {
    revision,
    title: excerpt.title,
    lines: excerpt.lines,
    text: excerpt.text.slice(skipped),
    shown: spansIn({ start, end: excerpt.start + excerpt.text.length }, excerpt.shown),
    cut: start - excerpt.from,
    restOfWord: excerpt.restOfWord || undefined,
    stale: false,
    read: read && { ...read, starts: shift(read.starts, -skipped), ends: shift(read.ends, -skipped) },
  };
}

/** UTF-16 units of the text before the first token that was read. */
export const skippedBefore = (read: TraceTokens | undefined): number => read?.starts[0] ?? 0;

/** The token that covers an offset of the text, or at its end the last one; where two share a character, the first. */
export function tokenAt({ starts, ends }: TraceTokens, offset: number): number | undefined {
  const after = firstAtLeast(ends, offset + 1);
  const token = after === ends.length && ends.at(-1) === offset ? after - 1 : after;
  return (starts[token] ?? Number.POSITIVE_INFINITY) <= offset ? token : undefined;
}

const shift = (offsets: Uint32Array, by: number) => offsets.map((offset) => offset + by);

/** Spans of a document as spans of a part of it. */
export function spansIn(part: Span, spans: readonly Span[]): Span[] {
  return spans
    .map((span) => ({ start: Math.max(span.start, part.start), end: Math.min(span.end, part.end) }))
    .filter(({ start, end }) => end > start)
    .map(({ start, end }) => ({ start: start - part.start, end: end - part.start }));
}
