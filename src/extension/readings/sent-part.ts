import type { Span } from '../../shared/tokens';

/** Characters of one token at most, as far as a bound on what is sent needs to know: a longer text cannot fit the context. */
const CHARACTERS_A_TOKEN = 16;

/**
 * What is sent of a text that may be far too long: its end. In steps, so that a text that grows at its end goes on beginning
 * where it did, and is not read anew. @param context in tokens
 */
export function sentPart({ start, end }: Span, context: number): Span {
  const step = context * CHARACTERS_A_TOKEN;
  return { start: start + Math.max(0, Math.ceil((end - start) / step) - 2) * step, end };
}
