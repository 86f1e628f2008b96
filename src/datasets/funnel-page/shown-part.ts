import type { RejectedDocument, Span } from '../../shared/filters-api';

/** More of a text than that nobody reads, and a page that had it would be slow. */
const MOST = 40_000;
/** What is shown before the first place that tripped a rule, where that is far from the beginning. */
const BEFORE = 2000;

interface Part {
  text: string;
  spans: Span[];
  /** Where it begins in the whole. */
  from: number;
  length: number;
}

/** As much of a document as is shown: all of it, or what stands around the first place that is marked. */
export function shownPart({ text, spans }: Pick<RejectedDocument, 'text' | 'spans'>): Part {
  const { length } = text;
  if (length <= MOST) return { text, spans, from: 0, length };
  const first = spans.reduce((least, { start }) => Math.min(least, start), spans.length > 0 ? length : 0);
  const wanted = first < MOST ? 0 : Math.min(first - BEFORE, length - MOST);
  const from = isWithinCharacter(text, wanted) ? wanted - 1 : wanted;
  const to = isWithinCharacter(text, from + MOST) ? from + MOST - 1 : from + MOST;
  const shown = spans
    .filter(({ start, end }) => end > from && start < to)
    .map(({ start, end }) => ({ start: Math.max(from, start) - from, end: Math.min(to, end) - from }));
  return { text: text.slice(from, to), spans: shown, from, length };
}

/** Whether a place is between the two halves of a character. */
const isWithinCharacter = (text: string, at: number) => (text.codePointAt(at - 1) ?? 0) > 0xffff;
