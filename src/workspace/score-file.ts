import type { FileScore, LineScore } from '../shared/workspace-api';
import { encodeInSlices } from '../tokenizer';
import type { FileModel } from './file-model';
import { lineScoresOf } from './lines/line-scores';
import { fileSumsOf, type LineStatistics } from './lines/line-statistics';
import { scoreTokens } from './score-tokens';
import type { TokenStore } from './token-store';

export interface FileText {
  /** From the folder that was asked about, with `/`. */
  path: string;
  languageId: string;
  text: string;
}

/** What reads files, and where it looks first. */
export interface FileReader {
  model: FileModel;
  store: TokenStore;
}

/** A file that a model has read, before it is held against others. */
export type RawFileScore = Omit<FileScore, 'z'>;

/**
 * What a model makes of a file: read now, or looked up where the same text has been read before. Its lines have no z.
 *
 * @param done told of tokens that the model has read now. @throws AbortError
 */
export async function scoreFile(
  { path, languageId, text }: FileText,
  { model, store }: FileReader,
  signal: AbortSignal,
  done?: (tokens: number) => void,
): Promise<RawFileScore> {
  const { tokenizer } = model;
  const tokens = await encodeInSlices(tokenizer, text, {});
  const known = await store.get(text, tokens.ids.length);
  const scores = known ?? (await scoreTokens(tokens.ids, model, signal, done));
  if (!known) await store.set(text, scores);
  const tokenText = (id: number) => tokenizer.tokenText(id);
  const lines = lineScoresOf({ text, languageId, tokens, scores, tokenText });
  const sum = (of: (line: LineScore) => number) => lines.reduce((total, line) => total + of(line), 0);
  return { path, languageId, tokens: sum(({ tokens }) => tokens), bits: sum(({ bits }) => bits), lines };
}

/** The same, held against all lines that are known. */
export function withZ(file: RawFileScore, statistics: LineStatistics): FileScore {
  const lines = file.lines.map((line) => ({ ...line, z: statistics.z(file.languageId, line) }));
  return { ...file, lines, z: statistics.fileZ(file.languageId, fileSumsOf(lines)) };
}
