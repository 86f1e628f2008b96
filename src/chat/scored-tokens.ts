import type { RenderedPart } from '../shared/chat';
import { firstAtLeast } from '../shared/sorted';
import type { TokenPlaces } from './token-places';

/**
 * Which tokens of a prompt training counts, 1 or 0: those that have a part in what is scored, as transformers' assistant masks
 * have it (`char_to_token` of the first and of the last character).
 *
 * @param tokens of the prompt, with their places in it
 */
export function scoredTokens(parts: readonly RenderedPart[], { starts, ends }: TokenPlaces): Uint8Array {
  const isScored = new Uint8Array(starts.length);
  for (const part of parts) {
    if (part.isScored) isScored.fill(1, firstAtLeast(ends, part.start + 1), firstAtLeast(starts, part.end));
  }
  return isScored;
}
