import { formatCount } from '../../src/display/numbers';
import { t } from '../l10n';

/** `1 token`, `2 tokens`. */
export function tokenCount(count: number): string {
  return count === 1 ? t('1 token') : t('{0} tokens', formatCount(count));
}

/** What is read at the moment, and how much of it is done. */
export function readingTokens(done: number, total: number): string {
  return total === 1 ? t('Reading 1 token') : t('Reading {0} of {1} tokens', formatCount(done), formatCount(total));
}

/** How many tokens are left out of a list before one of its lower ranks. */
export function moreProbable(count: number): string {
  return count === 1 ? t('1 more probable token') : t('{0} more probable tokens', formatCount(count));
}
