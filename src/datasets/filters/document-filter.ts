import type { Span } from '../../shared/filters-api';
import type { DocumentText } from '../text/document-text';
import type { DocumentFilter, FilterWords, Measure } from './filter';

/** A measure of what a filter has found in a document. */
export interface MeasureOf<Found> extends Measure {
  /** NaN where it cannot be told. */
  value(found: Found): number;
  /** In the text that the filter reads; what is missing cannot be marked. */
  spans(found: Found, threshold: number): Span[];
}

/** A filter that reads a document once for all its measures. */
export function documentFilter<Found>(
  words: Omit<FilterWords, 'measures'> & { measures: readonly MeasureOf<Found>[] },
  read: (text: DocumentText) => Found,
): DocumentFilter<DocumentText> {
  const { measures } = words;
  return {
    ...words,
    kind: 'document',
    measure(text, numbers, at) {
      const found = read(text);
      for (let i = 0; i < measures.length; i++) numbers[at + i] = (measures[i] as MeasureOf<Found>).value(found);
    },
    spans(text, name, threshold) {
      const measure = measures.find((measure) => measure.name === name);
      const spans = measure?.spans(read(text), threshold) ?? [];
      return merged(spans).map(({ start, end }) => text.span(start, end));
    },
  };
}

/** Without overlaps, in the order of the text; an empty line that was there before has nothing to be marked. */
function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (start === end) continue;
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

/** Slider of a share. */
export const SHARE = { slider: { minimum: 0, maximum: 1, step: 0.01 }, draw: 'share' } as const;

/** Slider of how many of something there are for each word, which may be more than one. */
export const FOR_EACH_WORD = { slider: { minimum: 0, maximum: 2, step: 0.01 }, draw: 'ratio' } as const;
