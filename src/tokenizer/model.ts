import type { Symbols } from './bpe/symbols';
import type { Derivation } from './derivation';

/** How a vocabulary makes tokens of a piece of text. */
export interface Model {
  /** The token that the ASCII piece `units[start, end)` is at once; -1 where none is, or there may be one yet. */
  wholeToken(units: Uint16Array, start: number, end: number): number;
  /**
   * Makes `symbols` the tokens of the piece `units[start, end)`.
   *
   * @param prefix whether the piece begins with a space that is not in the text
   * @returns undefined where that is done, else what does the rest of it in steps
   */
  encode(units: Uint16Array, start: number, end: number, prefix: boolean, symbols: Symbols): Encoding | undefined;
  /** The text's bytes that a token stands for. */
  bytesOf(id: number): Uint8Array;
  /** The merges that build a token; undefined where none do. */
  derive(id: number): Derivation | undefined;
  /** Of the merge that joins two tokens side by side; undefined where none does. */
  mergeRank(left: number, right: number): number | undefined;
}

/** The making of the tokens of a long piece. */
export interface Encoding {
  /** Goes on for about `steps` steps. @returns whether it is done */
  run(steps: number): boolean;
}
