import type { Span } from '../../shared/tokens';
import type { TokenizedDocument } from '../../tokenizer';

/** UTF-16 units whose tokens are taken in one step. */
const STEP_UNITS = 8192;
/** UTF-16 units counted in one step. */
const COUNTED_UNITS = 1 << 16;
const SECOND_HALF = /(?<=[\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * How many tokens have a part in some spans of a document, each counted once.
 *
 * @param spans in UTF-16 units, in their order
 */
export function* countTokensIn(tokens: TokenizedDocument, spans: readonly Span[]): Generator<undefined, number> {
  let count = 0;
  let next = 0;
  for (const { start, end } of spans) {
    if (end <= start) continue;
    const from = Math.max(next, tokens.tokensBetween(start, start + 1).first);
    const last = tokens.tokensBetween(end - 1, end);
    next = Math.max(next, last.first + last.ids.length);
    count += next - from;
    yield;
  }
  return count;
}

/** Tokens with their UTF-16 spans in the document. */
export interface SpannedTokens {
  ids: number[];
  starts: number[];
  ends: number[];
}

/** The tokens that have a part in some spans of a document, each once, in steps of bounded work. */
export function* tokensIn(tokens: TokenizedDocument, spans: readonly Span[]): Generator<undefined, SpannedTokens> {
  const found: SpannedTokens = { ids: [], starts: [], ends: [] };
  let next = 0;
  for (const { start, end } of spans) {
    for (let at = start; at < end; at += STEP_UNITS) {
      const { ids, starts, ends, first } = tokens.tokensBetween(at, Math.min(end, at + STEP_UNITS));
      for (let i = Math.max(0, next - first); i < ids.length; i++) {
        found.ids.push(ids[i] ?? 0);
        found.starts.push(starts[i] ?? 0);
        found.ends.push(ends[i] ?? 0);
      }
      next = Math.max(next, first + ids.length);
      yield;
    }
  }
  return found;
}

/** Characters (code points) in some spans of a text. @param textOf a span, in UTF-16 units */
export function* countCharacters(textOf: (span: Span) => string, spans: readonly Span[]): Generator<undefined, number> {
  let count = 0;
  for (const { start, end } of spans) {
    for (let at = start; at < end; at += COUNTED_UNITS) {
      const to = Math.min(end, at + COUNTED_UNITS);
      // From one unit before: a character may lie across two steps.
      const text = textOf({ start: Math.max(start, at - 1), end: to });
      count += to - at - (text.match(SECOND_HALF)?.length ?? 0);
      yield;
    }
  }
  return count;
}
