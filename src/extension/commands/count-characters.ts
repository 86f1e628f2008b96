import type { Span } from '../../shared/tokens';

/** UTF-16 units counted in one step. */
const STEP_UNITS = 1 << 16;

const SECOND_HALF = /(?<=[\ud800-\udbff])[\udc00-\udfff]/g;

/** Characters (code points) in some spans of a text. @param textOf a span, in UTF-16 units */
export function* countCharacters(textOf: (span: Span) => string, spans: readonly Span[]): Generator<undefined, number> {
  let count = 0;
  for (const { start, end } of spans) {
    for (let at = start; at < end; at += STEP_UNITS) {
      const to = Math.min(end, at + STEP_UNITS);
      // From one unit before: a character may lie across two steps.
      const text = textOf({ start: Math.max(start, at - 1), end: to });
      count += to - at - (text.match(SECOND_HALF)?.length ?? 0);
      yield;
    }
  }
  return count;
}
