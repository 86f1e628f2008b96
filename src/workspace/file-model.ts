import type { TokenScores } from '../shared/engine-api';
import type { Tokenizer } from '../tokenizer';

/** A model that reads files, wherever it runs. */
export interface FileModel {
  /** For people. */
  label: string;
  /** All that decides its numbers but the text: its checksum, and what is changed in it. */
  key: string;
  tokenizer: Tokenizer;
  /** In tokens. */
  contextLength: number;
  /** Of each token. @throws AbortError */
  score(ids: Uint32Array, signal: AbortSignal): Promise<TokenScores>;
}
