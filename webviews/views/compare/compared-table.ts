import type { Table } from '../../export/table';
import { PREDICTION_COLUMNS, predictionCells, TOKEN_COLUMNS, tokenCells } from '../../export/token-cells';
import { t } from '../../l10n';
import { letterOf } from './letters';
import type { PredictedText } from './predicted-text';

/** The tokens of all texts with what the model makes of them. It reads them with all heads on. */
export function comparedTable(reads: readonly PredictedText[]): Table {
  return {
    label: t('Tokens'),
    name: 'tokens',
    columns: ['letter', ...TOKEN_COLUMNS, ...PREDICTION_COLUMNS, 'sumLogprob'],
    ablated: [],
    rows: () =>
      reads.flatMap(({ text, ids, starts, ends, predictions, cumulative }, i) =>
        Array.from(ids, (_, position) => [
          letterOf(i),
          ...tokenCells({ text, read: { ids, starts, ends } }, position),
          ...predictionCells(predictions, position),
          cumulative[position],
        ]),
      ),
  };
}
