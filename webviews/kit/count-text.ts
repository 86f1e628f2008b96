import { formatCount } from '../../src/shared/numbers';
import { t } from '../l10n';

/** `1 token`, `2 tokens`. */
export function tokenCount(count: number): string {
  return count === 1 ? t('1 token') : t('{0} tokens', formatCount(count));
}

/** How many tokens are left out of a list before one of its lower ranks. */
export function moreProbable(count: number): string {
  return count === 1 ? t('1 more probable token') : t('{0} more probable tokens', formatCount(count));
}
