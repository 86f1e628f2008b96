import type { Span } from '../../shared/tokens';
import { offsetThen, spanNow } from '../readings/changed-part';
import type { DocumentReading, EditedReading } from '../readings/document-readings';
import { firstTokenAfter, type ReadingPart, spanOfToken, standsInDocument } from '../readings/reading';

/** A token to colour. */
export interface HeatToken {
  part: ReadingPart;
  index: number;
  /** Where it stands in the present text, in UTF-16 offsets. */
  span: Span;
  /** Whether its numbers may no longer hold: the text before it has changed since it was read, or the engine has ended. */
  stale: boolean;
}

/**
 * The tokens to colour of a part of the present text: of what was asked for, those that the text still has. Where the text
 * is read anew and that has not come so far, those that were known before.
 */
export function* heatTokens(known: DocumentReading, within: Span): Generator<HeatToken> {
  const { reading, previous, freshBefore } = known;
  yield* tokensOf(known, within, freshBefore);
  if (!previous) return;
  const readTo = reading.parts.at(-1)?.ends.at(-1) ?? 0;
  for (const shown of reading.shown) {
    const start = Math.max(shown.start, within.start, readTo);
    const end = Math.min(shown.end, within.end);
    for (const token of tokensOf(previous, { start, end }, 0)) {
      if (token.span.start >= start) yield token;
    }
  }
}

/** @param freshBefore offset in the text that was read, before which its numbers hold */
function* tokensOf({ reading, changed }: EditedReading, within: Span, freshBefore: number): Generator<HeatToken> {
  const [from, to] = [offsetThen(within.start, changed), offsetThen(within.end, changed)];
  for (const shown of reading.shown) {
    const start = Math.max(shown.start, from);
    const end = Math.min(shown.end, to);
    for (const part of reading.parts) {
      for (let index = firstTokenAfter(part, start); index < part.ids.length; index++) {
        const then = spanOfToken(part, index);
        if (then.start >= end) break;
        if (!standsInDocument(part, index)) continue;
        const span = spanNow(then, changed);
        if (span) yield { part, index, span, stale: then.end > freshBefore };
      }
    }
  }
}
