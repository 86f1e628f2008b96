import { formatBits, formatCount, formatNatsChange, formatSigned } from '../../src/display/numbers';
import type { DatasetState } from '../../src/shared/dataset-api';
import { t } from '../l10n';

/** What the rows that are listed come to, in phrases with what each means: the loss under each model, and for which answers B is. */
export function totalsText({ totals, columns }: DatasetState): { text: string; meaning: string }[] {
  if (!totals) return [];
  const { a, b, pairs } = totals;
  const [lossOfA, tokensOfA] = [formatBits(a.loss), formatCount(a.tokens)];
  const meaning = t('Of the rows that are listed and scored: the loss of all scored tokens over their number.');
  if (!b) return [{ text: t('loss {0} a token over {1} tokens', lossOfA, tokensOfA), meaning }];
  const isOneVocabulary = columns.some(({ name }) => name === 'difference');
  return [
    { text: t('loss A {0} a token over {1} tokens', lossOfA, tokensOfA), meaning },
    { text: t('loss B {0} a token over {1} tokens', formatBits(b.loss), formatCount(b.tokens)), meaning },
    ...(isOneVocabulary ? [{ text: t('B − A {0} bits a token', formatSigned(b.loss - a.loss)), meaning }] : []),
    ...(pairs ? [pairsText(pairs)] : []),
  ];
}

function pairsText({ count, preferred, meanMargin }: NonNullable<NonNullable<DatasetState['totals']>['pairs']>) {
  return {
    text: t(
      'chosen is preferred in {0} of {1} pairs, mean margin {2}',
      formatCount(preferred),
      formatCount(count),
      formatNatsChange(meanMargin),
    ),
    meaning: t('Preferred is what has a margin above 0: from A to B, the chosen answer gains on the rejected one.'),
  };
}
