import type { AddedTokens } from './added/added-tokens';
import type { Merges } from './bpe/merges';
import type { Symbols } from './bpe/symbols';
import type { TokenTable } from './bpe/token-table';
import type { SpacePrefix } from './prefix';
import type { Split } from './splits/split';

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

/** All that a tokenizer needs to know. */
export interface Vocabulary {
  name: string;
  table: TokenTable;
  /** The tokens that a model wants before every text: what the file's template or its BOS rule puts there. */
  begin: readonly number[];
  /** Whether texts are brought into the normalisation form NFC first. */
  normalizes: boolean;
  /** Where a space is put before the text; undefined where none is. */
  prefix: SpacePrefix | undefined;
  alphabet: Alphabet;
  /** The pieces that no merge may cross: each split cuts those of the one before it. */
  splits: readonly Split[];
  /** Cuts pieces further, where no token reaches across: it changes no token, only the work. */
  cut: Split | undefined;
  merges: Merges;
  added: AddedTokens;
}
