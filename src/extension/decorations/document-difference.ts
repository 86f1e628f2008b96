import { charactersOf, logRatioAt } from '../../comparison/differences-at';
import { logRatioShare } from '../../display/difference-scale';
import type { ComparedText } from '../../shared/difference-api';
import { firstAtLeast } from '../../shared/sorted';
import type { Span } from '../../shared/tokens';
import { type ChangedPart, offsetThen, spanNow } from '../readings/changed-part';
import type { Reading, ReadingPart } from '../readings/reading';

/** A part of a document that two models have read. */
export interface ComparedPart {
  compared: ComparedText;
  /**
   * Where the pairs of tokens stood in the document, or of different vocabularies the shared spans, in UTF-16 offsets. What
   * stood in none of its texts has no width.
   */
  places: readonly Span[];
}

/** What differs in a document, as A has read it. */
export interface DocumentDifference {
  reading: Reading;
  /** Of the comparison. */
  revision: number;
  parts: readonly ComparedPart[];
  /** What has changed in the text since. */
  changed: ChangedPart;
  /** Whether the models were asked again, and could not answer. */
  isOld: boolean;
}

/** A pair of tokens, or a shared span, and where it stands in the document. */
export interface DifferenceAt extends Span {
  compared: ComparedText;
  index: number;
}

/** What differs at an offset of the present text, where that still holds. */
export function differenceAt(known: DocumentDifference, offset: number): DifferenceAt | undefined {
  for (const difference of differencesWithin(known, { start: offset, end: offset + 1 }))
    if (!difference.isOld) return difference;
  return undefined;
}

/** What of a part of the present text is shown of it; `isOld` where the text before it has changed since. */
export function* differencesWithin(
  { reading, parts, changed, isOld }: DocumentDifference,
  within: Span,
): Generator<DifferenceAt & { isOld: boolean }> {
  const asked = { start: offsetThen(within.start, changed), end: offsetThen(within.end, changed) };
  const shown = reading.shown.filter((span) => areTouching(span, asked));
  for (const { compared, places } of parts) {
    for (const [index, then] of places.entries()) {
      if (!areTouching(then, asked) || !shown.some((span) => areTouching(then, span))) continue;
      const now = spanNow(then, changed);
      if (now) yield { ...now, compared, index, isOld: isOld || then.end > changed.start };
    }
  }
}

/** Whether they have a character in common. */
const areTouching = (a: Span, b: Span): boolean => Math.max(a.start, b.start) < Math.min(a.end, b.end);

/** From −1 to 1, above 0 where B finds it more probable: of a token, or of a span by the difference a character, since spans are of any length. */
export function shareOf(compared: ComparedText, index: number): number {
  const ratio = logRatioAt(compared, index);
  const { sameVocabulary, spans, text } = compared;
  const span = sameVocabulary ? undefined : spans[index];
  return logRatioShare(span ? ratio / charactersOf(text, span) : ratio);
}

/** Where what was compared of a part of a reading stands in the document. */
export function placesOf({ sameVocabulary, tokens, spans }: ComparedText, part: ReadingPart): Span[] {
  const { starts, apart } = part;
  if (!apart) {
    const [from = 0] = starts;
    const pairs = Array.from(tokens.starts, (start, pair) => ({ start, end: tokens.ends[pair] ?? 0 }));
    return (sameVocabulary ? pairs : spans).map(({ start, end }) => ({ start: start + from, end: end + from }));
  }
  if (sameVocabulary) return Array.from(tokens.positionsA, (position) => placeOf(part, position, position));
  return spans.map(({ start, end }) => placeOf(part, firstAtLeast(apart.starts, start), firstAtLeast(apart.ends, end)));
}

/** Of tokens of a text that stands in the document in pieces: all of them stand there, or it has no width. */
function placeOf({ starts, ends }: ReadingPart, first: number, last: number): Span {
  const [start, end] = [starts[first] ?? 0, ends[last] ?? 0];
  for (let token = first; token <= last; token++) if (ends[token] === starts[token]) return { start, end: start };
  return { start, end };
}
