import type { Predictions } from '../../../src/shared/engine-api';
import type { Subject } from '../../../src/shared/inspector-api';
import { type TokenRun, wordRuns } from '../../../src/shared/words';
import { subjectTokens } from '../../kit/subject-tokens';
import { subjectRuns, sumByRun } from '../../kit/subject-words';
import type { ChangedText } from './changed-text';
import { curveColumns } from './curve-columns';
import type { Column } from './curve-plot';

/** What a number is shown of: a token, or a whole word with the sum of its tokens. */
export type Unit = 'token' | 'word';

export interface InUnits {
  columns: readonly Column[];
  /** Each token with the sum of its unit. */
  predictions: Predictions;
  changed: ChangedText | undefined;
}

/** Words are those of the document also where tokens are changed, so that before and after are sums of the same places. */
export function inUnits(
  unit: Unit,
  subject: Subject,
  predictions: Predictions,
  changed: ChangedText | undefined,
): InUnits {
  const isByWord = unit === 'word';
  const runs: TokenRun[] = isByWord ? subjectRuns(subject) : wordRuns([], subject.read?.ids.length ?? 0);
  return {
    columns: curveColumns(subjectTokens(subject), { runs, isByWord }, predictions, changed),
    predictions: sumByRun(predictions, runs),
    changed: changed && { ...changed, predictions: sumByRun(changed.predictions, runs) },
  };
}
