import { type CountsByRole, countedTokens, summedCounts } from '../../chat/counts-by-role';
import { safeText } from '../../display/glyphs';
import { formatCount, formatQuantity } from '../../display/numbers';
import type { Translate } from '../translate';
import type { ChatCount } from './chat-counts';

/** Of all that are counted, how many tokens; of a pair of answers, with the one that was chosen. */
export function countedChatTokens(all: readonly ChatCount[]): number {
  return countedTokens(summedCounts(counted(all).map(({ counts }) => counts)));
}

/**
 * `30 tokens (system 6 · user 7 · assistant 1 · template 16)`. Of a pair both answers have their count; of several
 * conversations it is that of all together.
 */
export function chatCountText(all: readonly ChatCount[], t: Translate): string {
  const isPair = all.length === 2 && all.every(({ answer }) => answer !== undefined);
  if (isPair) return all.map(({ answer, counts }) => `${answer} ${countText(counts, t)}`).join(', ');
  return countText(summedCounts(counted(all).map(({ counts }) => counts)), t);
}

function counted(all: readonly ChatCount[]): ChatCount[] {
  const hasChosen = all.some(({ answer }) => answer === 'chosen');
  return all.filter(({ answer, isWhole }) => !(hasChosen && isWhole && answer === 'rejected'));
}

/** The same of one. What is selected in part has nothing of the template. */
export function countText(counts: CountsByRole, t: Translate): string {
  const roles = [...counts.roles].map(([role, count]) => `${safeText(role)} ${formatCount(count)}`);
  const added = counts.template === 0 ? [] : [t('template {0}', formatCount(counts.template))];
  const named = [...roles, ...added].join(' · ');
  return `${formatQuantity(countedTokens(counts), 'token')}${named && ` (${named})`}`;
}
