import type { Span } from '../../shared/tokens';
import type { TextChange } from '../readings/changed-part';

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
