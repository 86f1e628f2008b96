import type { Predictions } from '../../../src/shared/engine-api';
import { bitsOf } from '../../../src/shared/scales';
import type { TokenText } from '../../kit/subject-tokens';
import type { ChangedText } from './changed-text';
import type { Column } from './curve-plot';

/** The columns of the tokens that are shown, as the text is or as it is changed. */
export function curveColumns(
  tokens: readonly TokenText[],
  predictions: Predictions,
  changed: ChangedText | undefined,
): Column[] {
  const bitsAt = ({ logprob }: Predictions, position: number) => bitsOf(logprob[position] ?? Number.NaN);
  return (changed?.tokens ?? tokens).flatMap(({ label, isShown }, position) => {
    if (!isShown) return [];
    const bits = bitsAt(changed?.predictions ?? predictions, position);
    return [{ position, label, bits, before: changed && bitsAt(predictions, position) }];
  });
}
