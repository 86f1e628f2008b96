import type { ModelInfo } from '../../shared/engine-api';
import { type ChangeScope, parseScope, readChanges } from '../../workspace/changes/changed-files';
import { Git } from '../../workspace/changes/git';
import { Review } from '../../workspace/changes/review';
import type { ReviewOptions } from '../../workspace/changes/score-hunks';
import { openFileReader, warnOfStore } from '../scan/file-reader';
import { type ModelOptions, withModel } from '../session';

export interface AskedReview extends ReviewOptions {
  /** `A..B`; what is not committed by default. */
  range: string | undefined;
  staged: boolean;
}

/** A change that has been read. */
export interface Reviewed {
  model: ModelInfo;
  scope: ChangeScope;
  review: Review;
}

/**
 * Has a model read a change of the repository that the current folder is in.
 *
 * @throws VitrineError where Git or the model fails, or a revision is none
 */
export async function readReview({ range, staged, comments }: AskedReview, options: ModelOptions): Promise<Reviewed> {
  const git = await Git.open(process.cwd());
  const scope =
    range === undefined ? ({ kind: staged ? 'staged' : 'uncommitted' } as const) : await parseScope(git, range);
  const changes = await readChanges(git, scope);
  return withModel(options, async (engine, model, showProgress) => {
    const review = new Review(changes);
    const reader = await openFileReader(engine, model);
    const { signal } = new AbortController();
    const told = () => {
      const { done, total, secondsLeft } = review;
      showProgress({ stage: 'review', done, total, secondsLeft });
    };
    told();
    await review.read(git, changes, reader, { signal, comments, read: told, progressed: told });
    warnOfStore(reader);
    return { model, scope, review };
  });
}
