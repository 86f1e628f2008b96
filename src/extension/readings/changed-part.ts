import type { Span } from '../../shared/tokens';

/** A change of a text: `rangeLength` units at `rangeOffset` make way for `text`. */
interface TextChange {
  rangeOffset: number;
  rangeLength: number;
  text: string;
}

/** All that has changed in a text since it was read, as one part of it. Offsets in UTF-16 units of the text that was read. */
export interface ChangedPart {
  start: number;
  end: number;
  /** How many units further what follows stands now. */
  moved: number;
}

export const UNCHANGED: ChangedPart = {
  start: Number.POSITIVE_INFINITY,
  end: Number.NEGATIVE_INFINITY,
  moved: 0,
};

/** With one more change, whose offsets are of the text as it stood just before. */
export function withChange({ start, end, moved }: ChangedPart, change: TextChange): ChangedPart {
  const changeEnd = change.rangeOffset + change.rangeLength;
  return {
    start: Math.min(start, change.rangeOffset),
    end: Math.max(end + moved, changeEnd) - moved,
    moved: moved + change.text.length - change.rangeLength,
  };
}

/** Where a span of the text that was read stands now; undefined where it was changed itself. */
export function spanNow(span: Span, { start, end, moved }: ChangedPart): Span | undefined {
  if (span.end <= start) return span;
  return span.start >= end ? { start: span.start + moved, end: span.end + moved } : undefined;
}

/** Where an offset of the text that was read stands now; of what was changed itself, where that ends. */
export function offsetNow(offset: number, { start, moved }: ChangedPart): number {
  return offset <= start ? offset : Math.max(start, offset + moved);
}

/** Where an offset of the present text stood when it was read; of what was typed since, where that began. */
export function offsetThen(offset: number, { start, moved }: ChangedPart): number {
  return offset <= start ? offset : Math.max(start, offset - moved);
}

/** Whether a change leaves nothing of a span: it took all of it away, whatever stands there instead. */
export function isReplaced({ start, end }: Span, { rangeOffset, rangeLength }: TextChange): boolean {
  return rangeLength > 0 && rangeOffset <= start && end <= rangeOffset + rangeLength;
}

/** Where a span lies after a change: what is inserted within it belongs to it, what is inserted at its borders does not. */
export function shiftSpan({ start, end }: Span, { rangeOffset, rangeLength, text }: TextChange): Span {
  const changeEnd = rangeOffset + rangeLength;
  const delta = text.length - rangeLength;
  if (changeEnd <= start) return { start: start + delta, end: end + delta };
  if (rangeOffset >= end) return { start, end };
  const shiftedStart = Math.min(start, rangeOffset);
  return { start: shiftedStart, end: Math.max(shiftedStart, end + delta, rangeOffset + text.length) };
}
