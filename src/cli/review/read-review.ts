import { existsSync, realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { formatQuantity } from '../../display/numbers';
import { VitrineError } from '../../shared/errors';
import { type ChangeScope, parseScope, readChanges } from '../../workspace/changes/changed-files';
import { Git } from '../../workspace/changes/git';
import { Review } from '../../workspace/changes/review';
import type { ReviewOptions } from '../../workspace/changes/score-hunks';
import { openFileReader, type ReadingModel, warnOfStore } from '../scan/file-reader';
import { tellSending } from '../served/sending';
import { type Load, type ModelOptions, type ShowProgress, withModels } from '../session';

export interface AskedReview extends ReviewOptions {
  /** `A..B`, or what the working tree is held against; what is not committed by default. */
  range: string | undefined;
  /** Files and folders, from the current one; all where there is none. */
  paths: readonly string[];
  staged: boolean;
}

/** A change that has been read. */
export interface Reviewed {
  model: ReadingModel;
  scope: ChangeScope;
  review: Review;
}

/**
 * Has a model read a change of the repository that the current folder is in.
 *
 * @param stopped told what has been read when a signal ends the command, unless that is nothing
 * @throws VitrineError where Git or the model fails, or a revision is none
 */
export async function readReview(
  { range, paths, staged, comments }: AskedReview,
  options: ModelOptions,
  stopped: (reviewed: Reviewed) => void,
): Promise<Reviewed> {
  const git = await Git.open(process.cwd());
  const scope =
    range === undefined ? ({ kind: staged ? 'staged' : 'uncommitted' } as const) : await parseScope(git, range);
  const changes = await readChanges(
    git,
    scope,
    undefined,
    paths.map((path) => inRepository(git, path)),
  );
  if (changes.files.length + changes.notCompared.length === 0) refuseMissing(paths);
  let reviewed: Reviewed | undefined;
  const read = async (load: Load, showProgress: ShowProgress) => {
    const review = new Review(changes);
    const { model, reader } = await openFileReader(options, load);
    tellSending(
      model,
      `what has changed in up to ${formatQuantity(changes.files.length, 'file')}, with what stands before it,`,
    );
    reviewed = { model, scope, review };
    const { signal } = new AbortController();
    const told = () => {
      const { done, total, secondsLeft } = review;
      showProgress({ stage: 'review', done, total, secondsLeft });
    };
    told();
    await review.read(git, changes, reader, { signal, comments, read: told, progressed: told });
    warnOfStore(reader);
    return reviewed;
  };
  return withModels(read, () => reviewed && stopped(reviewed));
}

/** A typo would pass for a change of which nothing is wrong. @throws VitrineError */
function refuseMissing(paths: readonly string[]): void {
  const missing = paths.find((path) => !existsSync(path));
  if (missing === undefined) return;
  throw new VitrineError('review.missing', `Nothing has changed in ${missing}, and there is no such file or folder.`);
}

/** From the top folder of the repository, with `/`. */
function inRepository({ root }: Git, path: string): string {
  return relative(root, resolve(realpathSync(process.cwd()), path)).replaceAll(sep, '/');
}
