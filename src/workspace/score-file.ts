import type { TokenScores } from '../shared/engine-api';
import type { Progress } from '../shared/progress';
import type { Tokenization } from '../shared/tokens';
import type { FileScore } from '../shared/workspace-api';
import { encodeInSlices } from '../tokenizer';
import type { FileModel } from './file-model';
import { lineScoresOf } from './lines/line-scores';
import { fileSumsOf, type LineStatistics } from './lines/line-statistics';
import { noScores, putScores, scoreWindow, windowContent, windowLength } from './score-tokens';
import type { TokenStore } from './token-store';
import { type ScoreWindow, scoreWindows } from './windows';

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
 * A file while a model reads it, in windows that overlap by half, or of which it is known what the model made of the same
 * text before. The first token has no surprisal, unless the model wants tokens before every text.
 */
export class FileReading {
  readonly #file: FileText;
  readonly #tokens: Tokenization;
  readonly #scores: TokenScores;
  /** That are not read yet. */
  readonly #windows: ScoreWindow[];

  private constructor(file: FileText, tokens: Tokenization, scores: TokenScores, windows: ScoreWindow[]) {
    this.#file = file;
    this.#tokens = tokens;
    this.#scores = scores;
    this.#windows = windows;
  }

  static async begin(file: FileText, { model, store }: FileReader): Promise<FileReading> {
    const tokens = await encodeInSlices(model.tokenizer, file.text, {});
    const { length } = tokens.ids;
    const known = await store.get(file.text, length);
    if (known) return new FileReading(file, tokens, known, []);
    const reading = new FileReading(file, tokens, noScores(length), scoreWindows(length, windowLength(model)));
    await reading.#lookUpWindows(store);
    return reading;
  }

  /** How many it has. */
  get tokens(): number {
    return this.#tokens.ids.length;
  }

  get isDone(): boolean {
    return this.#windows.length === 0;
  }

  /**
   * Has the next window read, and keeps the scores on disk after the last one.
   *
   * @param progress told how many of its tokens have been scored
   * @returns how many tokens have been scored. @throws AbortError: the window can be read later
   */
  async readWindow({ model, store }: FileReader, signal: AbortSignal, progress?: Progress): Promise<number> {
    const [window] = this.#windows;
    if (!window) return 0;
    putScores(this.#scores, window, await scoreWindow(this.#tokens.ids, window, model, signal, progress));
    this.#windows.shift();
    if (this.isDone) await store.set(this.#file.text, this.#scores);
    return window.to - window.scoredFrom;
  }

  /** What the model makes of it once all is read. Its lines have no z. */
  scoreBy({ model: { tokenizer } }: FileReader): RawFileScore {
    const { path, languageId, text } = this.#file;
    const tokenText = (id: number) => tokenizer.textOrNone(id);
    const lines = lineScoresOf({ text, languageId, tokens: this.#tokens, scores: this.#scores, tokenText });
    const sum = (of: 'tokens' | 'bits') => lines.reduce((total, line) => total + line[of], 0);
    return { path, languageId, tokens: sum('tokens'), bits: sum('bits'), lines };
  }

  /** A review may have read the same. */
  async #lookUpWindows(store: TokenStore): Promise<void> {
    for (const window of this.#windows.splice(0)) {
      const known = await store.get(windowContent(this.#tokens.ids, window), window.to - window.scoredFrom);
      if (known) putScores(this.#scores, window, known);
      else this.#windows.push(window);
    }
    if (this.isDone) await store.set(this.#file.text, this.#scores);
  }
}

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
