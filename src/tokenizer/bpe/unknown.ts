import type { Symbols } from './symbols';

/** The token that stands for what no other token holds. */
export interface UnknownToken {
  /** -1 where the vocabulary has none: what it would stand for is dropped. */
  id: number;
  /** Whether several of them in a row are one (`fuse_unk`). */
  fuses: boolean;
}

export const NO_UNKNOWN: UnknownToken = { id: -1, fuses: false };

/** Puts the unknown token for bytes [start, end) of a piece, or drops them. */
export function pushUnknown(symbols: Symbols, { id, fuses }: UnknownToken, start: number, end: number): void {
  const last = symbols.count - 1;
  if (id < 0) for (let byte = start; byte < end; byte++) symbols.dropped.push(byte);
  else if (fuses && last >= 0 && symbols.ids[last] === id && symbols.ends[last] === start) symbols.ends[last] = end;
  else symbols.push(id, start, end);
}
