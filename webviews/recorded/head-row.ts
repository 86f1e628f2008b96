import type { RecordedHeadRow } from '../../src/recording/recording';
import type { HeadRow } from '../../src/shared/engine-api';
import { type HeadAddress, isSameHead } from '../../src/shared/head-address';
import { t } from '../l10n';
import { answered } from './unanswered';

/** The row of the one head and token that a file knows. @throws Error, a sentence for people, where another is asked about */
export function rowOf(recorded: RecordedHeadRow | undefined, asked: HeadAddress & { query: number }): HeadRow {
  const { layer, head, query, row } = answered(recorded);
  if (query === asked.query && isSameHead({ layer, head }, asked)) return row;
  throw new Error(
    t(
      'This file has the scores of the head {0} at the token {1}, counted from 0. Open the text in Vitrine to ask the model for others.',
      `${layer}.${head}`,
      query,
    ),
  );
}
