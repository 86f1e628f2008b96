import type { ModelInfo, TokenScores } from '../shared/engine-api';
import type { Progress } from '../shared/progress';
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
  /**
   * Of each token.
   *
   * @param progress told how many of the tokens have been read; of work that is given up and begun anew, from 0 again
   * @throws AbortError
   */
  score(ids: Uint32Array, signal: AbortSignal, progress?: Progress): Promise<TokenScores>;
}

/** What decides a model's numbers beside the text, where nothing else is changed in it. */
export const modelKeyOf = ({ sha256, approximation }: Pick<ModelInfo, 'sha256' | 'approximation'>): string =>
  JSON.stringify([sha256, approximation?.bits, approximation?.half]);
