import type { Subject, SubjectChat, TraceTokens } from '../../shared/inspector-api';
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
  /** Where the document is a rendered prompt, its parts. */
  parts?: SubjectChat['parts'] | undefined;
  /** Where it is that of one of two answers, both. */
  pair?: Subject['pair'];
}

/**
 * What views are told of it.
 *
 * @param read its tokens, the first of which begins where the model's context does
 * @param control ids of those that are control tokens
 */
export function subjectOf(
  excerpt: Excerpt,
  read: TraceTokens | undefined,
  revision: number,
  control: number[] = [],
): Subject {
  const skipped = skippedBefore(read);
  const start = excerpt.start + skipped;
  const span = { start, end: excerpt.start + excerpt.text.length };
  return {
    revision,
    title: excerpt.title,
    lines: excerpt.lines,
    text: excerpt.text.slice(skipped),
    shown: spansIn(span, excerpt.shown),
    cut: start - excerpt.from,
    restOfWord: excerpt.restOfWord || undefined,
    chat: excerpt.parts && { parts: spansIn(span, excerpt.parts), control },
    pair: excerpt.pair,
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
export function spansIn<T extends Span>(part: Span, spans: readonly T[]): T[] {
  return spans
    .map((span) => ({ ...span, start: Math.max(span.start, part.start), end: Math.min(span.end, part.end) }))
    .filter(({ start, end }) => end > start)
    .map((span) => ({ ...span, start: span.start - part.start, end: span.end - part.start }));
}
