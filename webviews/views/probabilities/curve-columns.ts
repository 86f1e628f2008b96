import { bitsOf } from '../../../src/display/scales';
import type { Predictions } from '../../../src/shared/engine-api';
import { type TokenRun, wordLogprob } from '../../../src/shared/words';
import type { TokenText } from '../../kit/subject-tokens';
import type { ChangedText } from './changed-text';
import type { Column } from './curve-plot';

/** The columns of what is shown, as the text is or as it is changed. @param runs of the tokens that are a column together: words stand without the space before them */
export function curveColumns(
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
