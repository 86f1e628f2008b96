import type { Symbols } from './symbols';

/** How a piece of text becomes the row of symbols that merging starts from. */
export interface Alphabet {
  /** The token that the ASCII piece `units[start, end)` is without merging; -1 where none is, or there may be one yet. */
  wholeToken(units: Uint16Array, start: number, end: number): number;
  /**
   * Makes `symbols` those of the piece `units[start, end)`.
   *
   * @param prefix whether to begin with a space that is not in the text
   */
  symbolsOf(units: Uint16Array, start: number, end: number, prefix: boolean, symbols: Symbols): void;
  /** The symbols that the bytes of a token start from when it is merged. */
  symbolsOfToken(id: number): number[];
  /** The text's bytes that a token stands for. */
  bytesOf(id: number): Uint8Array;
}
