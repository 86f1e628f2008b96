import type { RenderedPart } from './chat';
import { firstAtLeast } from './sorted';
import type { Span } from './tokens';

/* What the tokens of a rendered prompt are parts of. Offsets are UTF-16 units of the prompt. */

interface TokenOffsets {
  starts: Uint32Array;
  ends: Uint32Array;
}

/**
 * Which tokens of a prompt training counts, 1 or 0: those that have a part in what is scored, as transformers' assistant masks
 * have it (`char_to_token` of the first and of the last character).
 */
export function scoredTokens(
  parts: readonly (Span & Pick<RenderedPart, 'isScored'>)[],
  { starts, ends }: TokenOffsets,
): Uint8Array {
  const isScored = new Uint8Array(starts.length);
  for (const part of parts) {
    if (part.isScored) isScored.fill(1, firstAtLeast(ends, part.start + 1), firstAtLeast(starts, part.end));
  }
  return isScored;
}

/**
 * The part that each token of a prompt belongs to: the first content that it has a part in, or else the part that it begins in.
 * What stands behind all parts belongs to the last.
 *
 * @param parts of all of the prompt, in order
 */
export function partsOfTokens<T extends Span & Pick<RenderedPart, 'kind'>>(
  parts: readonly T[],
  { starts, ends }: TokenOffsets,
): T[] {
  const owners = new Array<T>(starts.length).fill(parts.at(-1) as T);
  for (const part of parts) owners.fill(part, firstAtLeast(starts, part.start), firstAtLeast(starts, part.end));
  for (const part of parts.toReversed()) {
    if (part.kind === 'content') owners.fill(part, firstAtLeast(ends, part.start + 1), firstAtLeast(starts, part.end));
  }
  return owners;
}
