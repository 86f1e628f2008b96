import type { FileScore } from '../shared/workspace-api';
import type { FileModel } from './file-model';
import { FileReading } from './file-reading';
import { fileSumsOf, type LineStatistics } from './lines/line-statistics';
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

/** What a model makes of a file: read now, or looked up where the same text has been read before. @throws AbortError */
export async function scoreFile(file: FileText, reader: FileReader, signal: AbortSignal): Promise<RawFileScore> {
  const reading = await FileReading.begin(file, reader);
  while (!reading.isDone) await reading.readWindow(reader, signal);
  return reading.scoreBy(reader);
}

/** The same, held against all lines that are known. */
export function withZ(file: RawFileScore, statistics: LineStatistics): FileScore {
  const lines = file.lines.map((line) => ({ ...line, z: statistics.z(file.languageId, line) }));
  return { ...file, lines, z: statistics.fileZ(file.languageId, fileSumsOf(lines)) };
}
