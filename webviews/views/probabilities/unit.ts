import { bitsOf } from '../../../src/display/scales';
import type { Predictions } from '../../../src/shared/engine-api';
import type { Subject } from '../../../src/shared/inspector-api';
import { type TokenRun, wordLogprob, wordRuns } from '../../../src/shared/words';
import { subjectTokens, type TokenText } from '../../kit/subject-tokens';
import { subjectRuns, sumByRun } from '../../kit/subject-words';
import type { ChangedText } from './changed-text';
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

/** The columns of what is shown, as the text is or as it is changed. @param runs of the tokens that are a column together: words stand without the space before them */
function curveColumns(
  tokens: readonly TokenText[],
  { runs, isByWord }: { runs: readonly TokenRun[]; isByWord: boolean },
  predictions: Predictions,
  changed: ChangedText | undefined,
): Column[] {
  const all = changed?.tokens ?? tokens;
  const bitsOfRun = ({ logprob }: Predictions, run: TokenRun) => bitsOf(wordLogprob(logprob, run));
  return runs.flatMap((run) => {
    const { first, last } = run;
    const members = all.slice(first, last + 1);
    if (!members.some(({ isShown }) => isShown)) return [];
    const bits = bitsOfRun(changed?.predictions ?? predictions, run);
    const text = members
      .map((token) => token.text)
      .join('')
      .trim();
    const label = isByWord && text !== '' ? text : members.map((token) => token.label).join('');
    return [{ position: first, last, label, bits, before: changed && bitsOfRun(predictions, run) }];
  });
}
