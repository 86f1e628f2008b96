import type { Span } from '../../shared/tokens';

/** UTF-16 units counted in one step. */
const STEP_UNITS = 1 << 16;

/** Characters (code points) in some spans of a text. @param textOf a span, in UTF-16 units */
export function* countCharacters(textOf: (span: Span) => string, spans: readonly Span[]): Generator<undefined, number> {
  let count = 0;
  for (const { start, end } of spans) {
    for (let at = start; at < end; at += STEP_UNITS) {
      const text = textOf({ start: at, end: Math.min(end, at + STEP_UNITS) });
      count += text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
      yield;
    }
  }
  return count;
}
