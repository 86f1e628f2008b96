import type { Predictions } from '../../../src/shared/engine-api';
import type { Lenses, Subject } from '../../../src/shared/inspector-api';
import type { Table } from '../../export/table';
import { PREDICTION_COLUMNS, predictionCells, TOKEN_COLUMNS, tokenCells } from '../../export/token-cells';
import { subjectTokens } from '../../kit/subject-tokens';
import { t } from '../../l10n';
import { placeAt } from './place';

/** The tokens that are shown, what the model made of each, and which it would rather have seen. */
export function predictionTable(subject: Subject, predictions: Predictions, lenses: Lenses): Table {
  const ids = subject.read?.ids ?? new Uint32Array();
  const shown = [...subjectTokens(subject).entries()].filter(([, { isShown }]) => isShown);
  return {
    label: t('Predictions'),
    name: 'predictions',
    columns: [...TOKEN_COLUMNS, ...PREDICTION_COLUMNS, 'expectedId', 'expectedText', 'expectedLogprob'],
    rows: async () => {
      const expected = shown.map(([position]) => placeAt(predictions, ids, position)?.candidates[0]);
      const texts = await lenses.describe({ ids: expected.flatMap((candidate) => candidate?.id ?? []) });
      let described = 0;
      return shown.map(([position], i) => {
        const candidate = expected[i];
        return [
          ...tokenCells(subject, position),
          ...predictionCells(predictions, position),
          candidate?.id,
          candidate && texts[described++]?.text,
          candidate?.logprob,
        ];
      });
    },
  };
}
