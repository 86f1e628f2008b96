import type { ModelInfo } from '../../shared/engine-api';
import type { Span } from '../../shared/tokens';

/** Characters of one token at most, as far as a bound on what is sent needs to know: a longer text cannot fit the context. */
const CHARACTERS_A_TOKEN = 16;

/** Of one text, at most so many characters go to a server at once. */
export const MOST_SENT_TO_SERVER = 80_000;

/** What bounds how much is sent of a text. */
export type SentLimits = Pick<ModelInfo, 'contextLength' | 'server'>;

/**
 * What is sent of a text that may be far too long: its end. In steps, so that a text that grows at its end goes on beginning
 * where it did, and is not read anew.
 */
export function sentPart({ start, end }: Span, { contextLength, server }: SentLimits): Span {
  const step = Math.min(
    contextLength * CHARACTERS_A_TOKEN,
    server ? MOST_SENT_TO_SERVER / 2 : Number.POSITIVE_INFINITY,
  );
  return { start: start + Math.max(0, Math.ceil((end - start) / step) - 2) * step, end };
}
