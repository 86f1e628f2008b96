import { formatCount } from '../../src/shared/numbers';
import { t } from '../l10n';

/** `1 token`, `2 tokens`. */
export function tokenCount(count: number): string {
  return count === 1 ? t('1 token') : t('{0} tokens', formatCount(count));
}
