import type { LeftOut } from '../../shared/workspace-api';
import { LineStatistics } from '../lines/line-statistics';
import type { FileReader } from '../score-file';
import type { Changes, NotCompared } from './changed-files';
import { readTexts } from './file-texts';
import type { Git } from './git';
import { type RawHunk, type ReviewedFile, type ReviewOptions, reviewFile } from './score-hunks';

/** Why a file of a change is not read. */
export interface NotReviewed {
  path: string;
  why: LeftOut | NotCompared;
}

/** What a model makes of a change, as far as its files have been read. */
export class Review {
  readonly #statistics = new LineStatistics();
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

  /**
   * The hunks, those first whose added lines are the most unusual among all lines of their language and kind in the files
   * that have been read; then those of which too few such lines are known, by their mean; last those that add nothing. Not
   * those of which nothing is read: comments that are left out.
   */
  get ranked(): RawHunk[] {
    return this.files
      .flatMap(({ scoredHunks }) => scoredHunks.map((hunk) => this.#withZ(hunk)))
      .filter(({ added, removed }) => added.length + removed.length > 0)
      .sort(
        (a, b) =>
          descending(a.z, b.z) || descending(a.addedMean, b.addedMean) || descending(a.removedMean, b.removedMean),
      );
  }

  /** @throws VitrineError, AbortError */
  async read(
    git: Git,
    changes: Changes,
    reader: FileReader,
    options: ReviewOptions & { signal: AbortSignal; read: (share: number) => void; progressed: () => void },
  ): Promise<void> {
    for (const file of changes.files) {
      const texts = await readTexts(git, file, options.signal);
      if (typeof texts === 'string') this.leftOut.push({ path: file.path, why: texts });
      else this.#add(await reviewFile(texts, reader, options, options.signal, options.read));
      options.progressed();
    }
  }

  #add(file: ReviewedFile): void {
    this.files.push(file);
    this.#statistics.add(file.languageId, file.sums);
  }

  #withZ(hunk: RawHunk): RawHunk {
    const added = hunk.added.map((line) => ({ ...line, z: this.#statistics.z(hunk.languageId, line) }));
    const known = added.filter(({ z }) => !Number.isNaN(z));
    const tokens = known.reduce((sum, line) => sum + line.tokens, 0);
    return { ...hunk, added, z: known.reduce((sum, line) => sum + line.tokens * line.z, 0) / tokens };
  }
}

/** Greater numbers first, and what is none last. */
function descending(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return b - a;
}
