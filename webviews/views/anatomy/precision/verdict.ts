import { formatCount } from '../../../../src/display/numbers';
import { t } from '../../../l10n';
import type { FormRow } from './form-table';

/** What was found so far in the text, the most changed first; undefined until something was compared. */
export function verdictOf(rows: readonly FormRow[]): string | undefined {
  const found = rows.flatMap(({ form, change }) => (change ? [{ ...change, title: form.title }] : []));
  const [first] = found;
  if (!first) return undefined;
  const changes = found
    .sort((one, other) => other.flips - one.flips)
    .map(({ flips, title }) => changedText(flips, title))
    .join('; ');
  if (first.count === 1) return t('This text has one first guess: {0}.', changes);
  return t('Of {0} first guesses in this text {1}.', formatCount(first.count), changes);
}

function changedText(flips: number, title: string): string {
  if (flips === 0) return t('none changes in {0}', title);
  return flips === 1 ? t('1 changes in {0}', title) : t('{0} change in {1}', formatCount(flips), title);
}
