import type { Span } from '../shared/tokens';

/** A text, or a part of it, as one of two models has read it: one entry a token, in the order of the text. */
export interface ReadTokens {
  ids: Uint32Array;
  /** UTF-16 offsets in the text that is compared: smallest covers of whole characters, so that neighbours may share one. */
  starts: Uint32Array;
  ends: Uint32Array;
  /** Offsets in its UTF-8 encoding. */
  byteStarts: Uint32Array;
  byteEnds: Uint32Array;
  /** Characters that the vocabulary cannot hold, or not all bytes of: UTF-16 units, in order. None by default. */
  dropped?: readonly Span[];
  /** Where the first of them stands in the model's trace; 0 by default. Nothing predicts what stands at 0. */
  first?: number;
  /**
   * Whether a token is none of the text's own, whatever it covers: one that a vocabulary keeps for control, where the other
   * vocabulary reads the same as text. @param entry of these arrays
   */
  isOutside?(entry: number): boolean;
}

/** Whether a token is one of the text that something predicts. */
export function isCounted({ first = 0, isOutside }: ReadTokens, entry: number): boolean {
  return first + entry > 0 && !isOutside?.(entry);
}

/**
 * Of a prompt that contains the text that is compared, the tokens that lie within that, at its own offsets. What holds a
 * character of it and one of what stands around it is not among them.
 *
 * @param span of the text in the prompt, in UTF-16 units
 * @param bytesBefore of the prompt's UTF-8 encoding, before the text
 * @param moved where in the text that is compared the span begins: UTF-16 units and bytes
 */
export function tokensWithin(
  prompt: ReadTokens,
  span: Span,
  bytesBefore: number,
  moved: { units: number; bytes: number } = { units: 0, bytes: 0 },
): ReadTokens {
  const count = prompt.ids.length;
  let from = 0;
  while (from < count && (prompt.starts[from] as number) < span.start) from++;
  let to = from;
  while (to < count && (prompt.ends[to] as number) <= span.end) to++;
  const { isOutside, dropped = [] } = prompt;
  const by = moved.units - span.start;
  const units = (offsets: Uint32Array) => offsets.slice(from, to).map((offset) => offset + by);
  const bytes = (offsets: Uint32Array) => offsets.slice(from, to).map((offset) => offset - bytesBefore + moved.bytes);
  return {
    ids: prompt.ids.slice(from, to),
    starts: units(prompt.starts),
    ends: units(prompt.ends),
    byteStarts: bytes(prompt.byteStarts),
    byteEnds: bytes(prompt.byteEnds),
    dropped: dropped.map(({ start, end }) => ({ start: start + by, end: end + by })),
    first: (prompt.first ?? 0) + from,
    ...(isOutside ? { isOutside: (entry: number) => isOutside(from + entry) } : {}),
  };
}
