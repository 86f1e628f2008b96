import type { LeftOut, LineScore } from '../../shared/workspace-api';
import { fileSumsOf, LineStatistics } from '../lines/line-statistics';
import type { FileReader } from '../score-file';
import type { ChangedFile, Changes, NotCompared } from './changed-files';
import { type FileTexts, readTexts, textOfDeleted } from './file-texts';
import type { Git } from './git';
import { higherThan, type RawHunk } from './hunk-score';
import { MovedLines } from './moved-lines';
import { rankHunks } from './rank';
import { type ReadPart, type ReviewOptions, reviewFile } from './score-hunks';
import { byWork } from './work';
import { WorkLeft } from './work-left';

/** Why a file of a change is not read. */
export interface NotReviewed {
  path: string;
  why: LeftOut | NotCompared;
}

/** A changed file, and what a model makes of it as far as it has been read. */
export interface ReviewedFile extends FileTexts {
  scoredHunks: RawHunk[];
  /** Of the new text, those that were read. */
  lines: LineScore[];
}

interface ReadOptions extends ReviewOptions {
  signal: AbortSignal;
  /** Told when something has been read. */
  read(): void;
  /** Told when there are more hunks, or a file is done. */
  progressed(): void;
}

/** What a model makes of a change, as far as it has been read. */
export class Review {
  readonly #statistics = new LineStatistics();
  readonly #moved = new MovedLines();
  #workLeft: WorkLeft | undefined;
  #ranked: RawHunk[] | undefined;
  /** Files of the change of which something is still to be read. */
  readonly unread: Set<string>;
  /** Those of which something has been read. */
  readonly files: ReviewedFile[] = [];
  readonly leftOut: NotReviewed[];
  /** That are to be read. */
  readonly total: number;

  constructor({ files, notCompared }: Changes) {
    this.leftOut = [...notCompared];
    this.total = files.length;
    this.unread = new Set(files.map(({ path }) => path));
  }

  /** Files that have been read as a whole, or found to be left out. */
  get done(): number {
    return this.total - this.unread.size;
  }

  /** NaN while nothing is known of the rate. */
  get secondsLeft(): number {
    return this.#workLeft?.seconds ?? Number.NaN;
  }

  /** The hunks that have been read, as `rankHunks` has them. */
  get ranked(): readonly RawHunk[] {
    this.#ranked ??= rankHunks(
      this.files.flatMap(({ scoredHunks }) => scoredHunks).map((hunk) => this.#compared(hunk)),
    );
    return this.#ranked;
  }

  /**
   * Reads the files of a change, in the order of `byWork`.
   *
   * @throws VitrineError, AbortError
   */
  async read(git: Git, changes: Changes, reader: FileReader, options: ReadOptions): Promise<void> {
    // Beside the model, for which others wait.
    const deleted = this.#addDeleted(git, changes, options.signal);
    deleted.catch(() => {});
    const queue = await byWork(changes.files, git.root);
    const workLeft = new WorkLeft(queue.reduce((sum, { work }) => sum + work, 0));
    this.#workLeft = workLeft;
    const watched = workLeft.watched(reader);
    // A server reads several at once.
    const lane = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        await this.#readFile(git, next, { reader: watched, workLeft, ...options });
      }
    };
    try {
      await Promise.all(Array.from({ length: reader.model.parallel ?? 1 }, lane));
    } finally {
      // Where one has failed, the others begin nothing more.
      queue.length = 0;
    }
    await deleted;
    options.progressed();
  }

  async #readFile(
    git: Git,
    { file, work }: { file: ChangedFile; work: number },
    { reader, workLeft, ...options }: ReadOptions & { reader: FileReader; workLeft: WorkLeft },
  ): Promise<void> {
    let done = 0;
    workLeft.beginFile();
    const doneTo = (share: number) => {
      workLeft.done((share - done) * work);
      done = share;
      options.read();
    };
    const texts = await readTexts(git, file, options.signal);
    if (typeof texts === 'string') this.leftOut.push({ path: file.path, why: texts });
    else {
      const reviewed = this.#addFile(texts);
      for await (const part of reviewFile(texts, reader, options, options.signal, doneTo)) {
        this.#addPart(reviewed, part);
        options.progressed();
      }
    }
    this.unread.delete(file.path);
    doneTo(1);
    options.progressed();
  }

  /** What was taken away with a file may stand in another now. */
  async #addDeleted(git: Git, { deleted }: Changes, signal: AbortSignal): Promise<void> {
    for (const file of deleted) {
      const texts = await textOfDeleted(git, file, signal);
      if (texts) this.#moved.add(texts);
      this.#ranked = undefined;
    }
  }

  #addFile(texts: FileTexts): ReviewedFile {
    const file = { ...texts, scoredHunks: [], lines: [] };
    this.files.push(file);
    this.#moved.add(file);
    return file;
  }

  #addPart(file: ReviewedFile, { hunks, lines }: ReadPart): void {
    this.#statistics.add(file.languageId, fileSumsOf(lines));
    file.lines = [...file.lines, ...lines];
    file.scoredHunks = [...file.scoredHunks, ...hunks].map((hunk) => ({
      ...hunk,
      higherThan: higherThan(hunk, file.lines),
    }));
    this.#ranked = undefined;
  }

  /** Its lines held against all that have been read, and it against the other hunks. */
  #compared(hunk: RawHunk): RawHunk {
    const withZ = (line: LineScore) => ({ ...line, z: this.#statistics.z(hunk.languageId, line) });
    const [added, removed] = [hunk.added.map(withZ), hunk.removed.map(withZ)];
    const trivial = hunk.trivial ?? (this.#moved.has(hunk) ? 'moved' : undefined);
    return { ...hunk, added, removed, trivial };
  }
}
