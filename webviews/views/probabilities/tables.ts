import type { Predictions } from '../../../src/shared/engine-api';
import type { Subject } from '../../../src/shared/inspector-api';
import { bitsOf } from '../../../src/shared/scales';
import type { Table } from '../../export/table';
import { subjectTokens } from '../../kit/subject-tokens';
import { t } from '../../l10n';
import { placeAt } from './place';

/** The tokens that are shown with what the model made of each; ranks count from 1, as they are shown. */
export function predictionTable(subject: Subject, predictions: Predictions): Table {
  const ids = subject.read?.ids ?? new Uint32Array();
  const tokens = subjectTokens(subject);
  return {
    name: t('Predictions'),
    columns: ['position', 'id', 'text', 'logprob', 'surprisal', 'rank', 'entropy', 'expected'],
    rows: [...tokens.entries()].flatMap(([position, { text, isShown }]) => {
      if (!isShown) return [];
      const place = placeAt(predictions, ids, position);
      const numbers = place && [place.logprob, bitsOf(place.logprob), place.rank + 1, place.entropy];
      return [
        [
          position,
          ids[position],
          text,
          ...(numbers ?? new Array<undefined>(4).fill(undefined)),
          place?.candidates[0]?.id,
        ],
      ];
    }),
  };
}
