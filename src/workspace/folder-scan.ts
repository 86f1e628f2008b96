import { join } from 'node:path';
import { Rate } from '../background/rate';
import type { FileScore, LeftOut, ScanProgress } from '../shared/workspace-api';
import { type FoundFiles, fileAt, findFiles, type WorkspaceFile } from './files/find-files';
import { readSource } from './files/read-source';
import { inReadingOrder } from './files/reading-order';
import { type FileSums, fileSumsOf, LineStatistics } from './lines/line-statistics';
import { type FileReader, FileReading, type RawFileScore, scoreFile, withZ } from './score-file';

/** Tokens of a byte of code, about. It counts as if so many bytes had been read: the first files may be of another kind. */
const USUAL = { tokensAByte: 0.3, bytes: 50_000 };

/** What is kept of a file that has been read: of 100,000 of them it is 50 MB. */
interface ScannedFile extends WorkspaceFile {
  /** All that were read, also those at its beginning that do not count. */
  tokens: number;
  sums: FileSums;
}

/** A file that is being read. */
interface Begun {
  /** Undefined until its tokens are known. */
  reading: FileReading | undefined;
  isAtWork: boolean;
  /** Of it, that have been read. */
  tokens: number;
  /** The window that is being read: since when, and how many of its tokens have been scored. */
  window: { start: number; tokens: number } | undefined;
}

/** A folder's files as a model reads them, one after another, or several at once: those that are as they were are looked up. */
export class FolderScan {
  readonly #folder: string;
  readonly #statistics = new LineStatistics();
  readonly #read = new Map<string, ScannedFile>();
  readonly #leftOut = new Map<string, LeftOut>();
  readonly #waiting = new Map<string, WorkspaceFile>();
  readonly #rate = new Rate();
  #isFound = false;
  #bytesRead = 0;
  #tokensRead = 0;
  #bytesWaiting = 0;
  readonly #begun = new Map<WorkspaceFile, Begun>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Finds the folder's files: those that are new wait to be read, those that are gone are forgotten.
   *
   * @param open paths of files that are read before others. @throws AbortError
   */
  async find(signal: AbortSignal, open: ReadonlySet<string> = new Set()): Promise<void> {
    const found = await findFiles(this.#folder, signal);
    const paths = new Set(found.files.map(({ path }) => path));
    for (const path of [...this.#read.keys(), ...this.#waiting.keys(), ...this.#leftOut.keys()]) {
      if (!paths.has(path)) this.#forget(path);
    }
    this.use({ ...found, files: inReadingOrder(found.files, open) });
  }

  /** These files too. */
  use({ files, leftOut }: FoundFiles): void {
    for (const file of files) if (!this.knows(file.path)) this.#wait(file);
    for (const [path, why] of leftOut) this.#leftOut.set(path, why);
    this.#isFound = true;
  }

  /** Why files are not read, by path; of a folder that is ignored as a whole, its name with a slash. */
  get leftOut(): ReadonlyMap<string, LeftOut> {
    return this.#leftOut;
  }

  /** Those that are read and those that are to be, by path. */
  get known(): ReadonlyMap<string, WorkspaceFile> {
    return new Map<string, WorkspaceFile>([...this.#read, ...this.#waiting]);
  }

  get statistics(): LineStatistics {
    return this.#statistics;
  }

  get isDone(): boolean {
    return this.#isFound && this.#waiting.size === 0;
  }

  /** What is to be read at most: of files that were read before in another place nothing is. */
  get waiting(): { files: number; bytes: number } {
    return { files: this.#waiting.size, bytes: this.#bytesWaiting };
  }

  /** Whether there is a file of which nobody reads a part at present. */
  get hasNext(): boolean {
    return this.#next() !== undefined;
  }

  get progress(): ScanProgress {
    const rate = this.#rate.perSecond || this.#windowRate;
    const perByte = (this.#tokensRead + USUAL.tokensAByte * USUAL.bytes) / (this.#bytesRead + USUAL.bytes);
    const tokensBegun = this.#begunFiles.reduce((sum, { tokens, window }) => sum + tokens + (window?.tokens ?? 0), 0);
    const tokensLeft = Math.max(0, perByte * this.#bytesWaiting - tokensBegun);
    const tokensRead = this.#tokensRead + tokensBegun;
    return {
      filesRead: this.#read.size,
      files: this.#read.size + this.#waiting.size,
      tokensRead,
      tokens: Math.round(tokensRead + tokensLeft),
      tokensPerSecond: rate,
      secondsLeft: this.isDone ? 0 : rate > 0 ? tokensLeft / rate : Number.NaN,
    };
  }

  /**
   * Reads the next window of a file, or finds that the file is left out. It may be called again before it has answered: then it
   * reads of another file, where there is one.
   *
   * @param progressed told when some of the window's tokens have been scored
   * @returns a file that has been read to its end. @throws AbortError
   */
  async readNext(
    reader: FileReader,
    signal: AbortSignal,
    progressed: () => void = () => {},
  ): Promise<RawFileScore | undefined> {
    const file = this.#next();
    if (!file) return undefined;
    const begun = this.#begun.get(file) ?? { reading: undefined, isAtWork: true, tokens: 0, window: undefined };
    begun.isAtWork = true;
    this.#begun.set(file, begun);
    try {
      begun.reading ??= await this.#begin(file, reader);
      const { reading } = begun;
      if (!reading) return undefined;
      if (!reading.isDone) await this.#readWindow(begun, reading, reader, signal, progressed);
      // It has changed meanwhile, and is read once more.
      if (!reading.isDone || this.#waiting.get(file.path) !== file) return undefined;
      const score = reading.scoreBy(reader);
      this.#forget(file.path);
      this.#keep(file, reading.tokens, score);
      return score;
    } finally {
      begun.isAtWork = false;
      if (this.#waiting.get(file.path) !== file) this.#begun.delete(file);
    }
  }

  #next(): WorkspaceFile | undefined {
    for (const file of this.#waiting.values()) if (!this.#begun.get(file)?.isAtWork) return file;
    return undefined;
  }

  async #readWindow(
    begun: Begun,
    reading: FileReading,
    reader: FileReader,
    signal: AbortSignal,
    progressed: () => void,
  ): Promise<void> {
    const window = { start: performance.now(), tokens: 0 };
    begun.window = window;
    try {
      const tokens = await reading.readWindow(reader, signal, (done) => {
        window.tokens = done;
        progressed();
      });
      begun.tokens += tokens;
      this.#rate.addWork(tokens, window.start);
    } finally {
      begun.window = undefined;
    }
  }

  /** Tokens a second, where nothing is known but the windows that are being read; 0 before any of them is. */
  get #windowRate(): number {
    const windows = this.#begunFiles.flatMap(({ window }) => window ?? []);
    if (windows.length === 0) return 0;
    const tokens = windows.reduce((sum, window) => sum + window.tokens, 0);
    return (1000 * tokens) / (performance.now() - Math.min(...windows.map(({ start }) => start)));
  }

  get #begunFiles(): Begun[] {
    return [...this.#begun.values()];
  }

  /** Undefined of one that is left out. */
  async #begin(file: WorkspaceFile, reader: FileReader): Promise<FileReading | undefined> {
    const source = await readSource(join(this.#folder, file.path), file.languageId);
    if (!('leftOut' in source)) return FileReading.begin({ ...file, ...source }, reader);
    if (this.#waiting.get(file.path) !== file) return undefined;
    this.#forget(file.path);
    this.#leftOut.set(file.path, source.leftOut);
    return undefined;
  }

  /** Of the files that are to be read, this one is the next. */
  putFirst(path: string): void {
    const file = this.#waiting.get(path);
    if (!file) return;
    const others = [...this.#waiting].filter(([other]) => other !== path);
    this.#waiting.clear();
    for (const [own, each] of [[path, file] as const, ...others]) this.#waiting.set(own, each);
  }

  /** A file that is known is another now. Of one that is not, only looking for all of them tells whether it is read. */
  async renew(path: string): Promise<void> {
    if (!this.knows(path)) return;
    const file = await fileAt(this.#folder, path);
    this.#forget(path);
    if (typeof file === 'string') this.#leftOut.set(path, file);
    else if (file) this.#wait(file);
  }

  /** Of a file that is read, as it is now. @throws AbortError */
  async scoreOf(path: string, reader: FileReader, signal: AbortSignal): Promise<FileScore | undefined> {
    const file = this.#read.get(path);
    const source = file && (await readSource(join(this.#folder, path), file.languageId));
    if (!source || 'leftOut' in source) return undefined;
    return withZ(await scoreFile({ ...file, ...source }, reader, signal), this.#statistics);
  }

  /** What the files that are read come to, without their lines. */
  *files(): Generator<Omit<FileScore, 'lines'>> {
    for (const { path, languageId, sums } of this.#read.values()) {
      const sum = (of: 'tokens' | 'bits') => [...sums.values()].reduce((total, kind) => total + kind[of], 0);
      yield { path, languageId, tokens: sum('tokens'), bits: sum('bits'), z: this.#statistics.fileZ(languageId, sums) };
    }
  }

  /** Whether a file is read, is to be, or is left out. */
  knows(path: string): boolean {
    return this.#read.has(path) || this.#waiting.has(path) || this.#leftOut.has(path);
  }

  #wait(file: WorkspaceFile): void {
    this.#waiting.set(file.path, file);
    this.#bytesWaiting += file.bytes;
  }

  #keep(file: WorkspaceFile, tokens: number, { lines }: RawFileScore): void {
    const scanned = { ...file, tokens, sums: fileSumsOf(lines) };
    this.#read.set(file.path, scanned);
    this.#statistics.add(file.languageId, scanned.sums);
    this.#bytesRead += file.bytes;
    this.#tokensRead += tokens;
  }

  #forget(path: string): void {
    const waiting = this.#waiting.get(path);
    if (waiting) this.#bytesWaiting -= waiting.bytes;
    this.#waiting.delete(path);
    this.#leftOut.delete(path);
    const read = this.#read.get(path);
    if (!read) return;
    this.#read.delete(path);
    this.#statistics.remove(read.languageId, read.sums);
    this.#bytesRead -= read.bytes;
    this.#tokensRead -= read.tokens;
  }
}
