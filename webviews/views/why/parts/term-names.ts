import { t } from '../../../l10n';
import type { Term } from './steps';

/** What people read of terms that are no part of a layer. */
export const TERM_NAMES: Readonly<Record<Term, () => string>> = {
  embedding: () => t('embedding'),
  interventions: () => t('steering and patches'),
  bias: () => t('biases'),
  softCap: () => t('soft cap'),
  remainder: () => t('remainder'),
};
