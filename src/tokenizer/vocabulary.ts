import type { AddedTokens } from './added/added-tokens';
import type { TokenTable } from './bpe/token-table';
import type { Model } from './model';
import type { Normalizer } from './normalizers/traced-text';
import type { SpacePrefix } from './prefix';
import type { Split } from './splits/split';

/** All that a tokenizer needs to know. */
export interface Vocabulary {
  name: string;
  table: TokenTable;
  /** How many ids the model knows, where that is said: those without a token have no text. */
  vocabSize?: number | undefined;
  /** The tokens that a model wants before every text: what the file's template or its BOS rule puts there. */
  begin: readonly number[];
  /** What changes a text first, one after the other. */
  normalizers: readonly Normalizer[];
  /**
   * Whether a text can be split from any border between two pieces on as if it began there. Otherwise an edit has all of
   * it encoded anew.
   */
  isLocal: boolean;
  /** Where a space is put before the text; undefined where none is. */
  prefix: SpacePrefix | undefined;
  model: Model;
  /** The pieces that no merge may cross: each split cuts those of the one before it. */
  splits: readonly Split[];
  /** Cuts pieces further, where no token reaches across: it changes no token, only the work. */
  cut: Split | undefined;
  added: AddedTokens;
}
