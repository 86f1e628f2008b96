import type { LeftOut, LineScore } from '../../shared/workspace-api';
import { LineStatistics } from '../lines/line-statistics';
import type { FileReader } from '../score-file';
import type { ChangedFile, Changes, NotCompared } from './changed-files';
import { readTexts } from './file-texts';
import type { Git } from './git';
import type { RawHunk } from './hunk-score';
import { MovedLines } from './moved-lines';
import { rankHunks } from './rank';
import { type ReviewedFile, type ReviewOptions, reviewFile } from './score-hunks';
import { UsualSurprisal } from './usual-surprisal';
import { workOf } from './work';
import { WorkLeft } from './work-left';

/** Why a file of a change is not read. */
export interface NotReviewed {
  path: string;
  why: LeftOut | NotCompared;
}

/** What a model makes of a change, as far as its files have been read. */
export class Review {
  readonly #statistics = new LineStatistics();
  readonly #usual = new UsualSurprisal();
  readonly #moved = new MovedLines();
  readonly #isMoved = new Map<RawHunk, () => boolean>();
  #workLeft: WorkLeft | undefined;
  #ranked: RawHunk[] | undefined;
  readonly files: ReviewedFile[] = [];
  readonly leftOut: NotReviewed[];
  /** Of the change, with those that are left out. */
  readonly total: number;

  constructor({ files, notCompared }: Changes) {
    this.leftOut = [...notCompared];
    this.total = files.length + notCompared.length;
  }

  get done(): number {
    return this.files.length + this.leftOut.length;
  }

  /** NaN while nothing is known of the rate. */
  get secondsLeft(): number {
    return this.#workLeft?.seconds ?? Number.NaN;
  }

  /** The hunks, as `rankHunks` has them; not those of which nothing is read: comments that are left out. */
  get ranked(): readonly RawHunk[] {
    this.#ranked ??= rankHunks(
      this.files
        .flatMap(({ scoredHunks }) => scoredHunks.map((hunk) => this.#compared(hunk)))
        .filter(({ addedTokens, removedTokens }) => addedTokens.length + removedTokens.length > 0),
    );
    return this.#ranked;
  }

  /**
   * Reads the files of a change, those first that take the least.
   *
   * @param options.read told when a part of a file has been read
   * @param options.progressed told when a file has been. @throws VitrineError, AbortError
   */
  async read(
    git: Git,
    changes: Changes,
    reader: FileReader,
    options: ReviewOptions & { signal: AbortSignal; read: () => void; progressed: () => void },
  ): Promise<void> {
    const queue = await byWork(changes.files, git.root);
    const workLeft = new WorkLeft(queue.reduce((sum, { work }) => sum + work, 0));
    this.#workLeft = workLeft;
    const watched = workLeft.watched(reader);
    for (const { file, work } of queue) {
      let done = 0;
      workLeft.beginFile();
      const doneTo = (share: number) => {
        workLeft.done((share - done) * work);
        done = share;
      };
      const texts = await readTexts(git, file, options.signal);
      if (typeof texts === 'string') this.leftOut.push({ path: file.path, why: texts });
      else {
        const told = (share: number) => {
          doneTo(share);
          options.read();
        };
        this.#add(await reviewFile(texts, watched, options, options.signal, told));
      }
      doneTo(1);
      options.progressed();
    }
  }

  #add(file: ReviewedFile): void {
    this.files.push(file);
    const { languageId, tokenBits } = file;
    this.#statistics.add(languageId, file.sums);
    this.#usual.add({ languageId, isComment: false }, tokenBits.code);
    this.#usual.add({ languageId, isComment: true }, tokenBits.comment);
    const isMoved = this.#moved.add(file);
    for (const [i, hunk] of file.scoredHunks.entries()) this.#isMoved.set(hunk, isMoved[i] as () => boolean);
    this.#ranked = undefined;
  }

  /** Held against all lines that have been read, and against the other hunks. */
  #compared(hunk: RawHunk): RawHunk {
    const withZ = (line: LineScore) => ({ ...line, z: this.#statistics.z(hunk.languageId, line) });
    const [added, removed] = [hunk.added.map(withZ), hunk.removed.map(withZ)];
    const aboveUsual = this.#usual.above(hunk, hunk.newTokens);
    const trivial = hunk.trivial ?? (this.#isMoved.get(hunk)?.() ? 'moved' : undefined);
    return { ...hunk, added, removed, aboveUsual, trivial };
  }
}

async function byWork(files: readonly ChangedFile[], root: string): Promise<{ file: ChangedFile; work: number }[]> {
  const queue = await Promise.all(files.map(async (file) => ({ file, work: await workOf(file, root) })));
  return queue.sort((a, b) => a.work - b.work);
}
