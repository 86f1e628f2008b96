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
  /** How many texts it reads at once, where it runs on a server; undefined of one that this machine runs. */
  parallel?: number | undefined;
  /**
   * Of each token.
   *
   * @param progress told how many of the tokens have been read; of work that is given up and begun anew, from 0 again
   * @throws AbortError
   */
  score(ids: Uint32Array, signal: AbortSignal, progress?: Progress): Promise<TokenScores>;
}

/** Texts that a server reads at once of those for which nobody waits. */
const PARALLEL = 4;

/**
 * What decides a model's numbers beside the text: of one on a server also how much it reads at once.
 *
 * @param changes what is changed in it, where something may be
 */
export const modelKeyOf = (
  { sha256, approximation, server }: Pick<ModelInfo, 'sha256' | 'approximation' | 'server'>,
  ...changes: string[]
): string =>
  JSON.stringify([
    sha256,
    approximation?.bits,
    approximation?.half,
    ...(server ? [server.windowTokens] : []),
    ...changes,
  ]);

/** How much a model reads: what a server would cut into windows is not given to it as one text. */
export const readingLimitsOf = ({
  contextLength,
  server,
}: Pick<ModelInfo, 'contextLength' | 'server'>): Pick<FileModel, 'contextLength' | 'parallel'> =>
  server ? { contextLength: Math.min(contextLength, server.windowTokens), parallel: PARALLEL } : { contextLength };
