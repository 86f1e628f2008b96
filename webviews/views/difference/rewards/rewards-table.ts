import type { Table } from '../../../export/table';
import { t } from '../../../l10n';
import type { AnswerNumbers, PairNumbers } from './pair-numbers';

/** The tokens of both answers under both models; nats, and β times them. */
export function rewardsTable(numbers: PairNumbers | undefined): Table {
  const rowsOf = (answer: string, { tokens }: AnswerNumbers) =>
    tokens.map(({ text, reference, policy, ratio, reward }, position) => [
      answer,
      position,
      text,
      reference,
      policy,
      ratio,
      reward,
    ]);
  return {
    label: numbers?.sameVocabulary === false ? t('Parts of both answers') : t('Tokens of both answers'),
    name: 'answers',
    columns: ['answer', 'position', 'text', 'logprobReference', 'logprobTrained', 'logRatio', 'betaLogRatio'],
    ablated: [],
    rows: () => (numbers ? [...rowsOf('chosen', numbers.chosen), ...rowsOf('rejected', numbers.rejected)] : []),
  };
}
