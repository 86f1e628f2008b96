import { type CountsByRole, countedTokens, summedCounts } from '../../chat/counts-by-role';
import { safeText } from '../../display/glyphs';
import { formatCount, formatQuantity } from '../../display/numbers';
import type { Conversation } from '../../shared/chat';
import type { Translate } from '../translate';
import type { ChatCount } from './chat-counts';

/** Of all that are counted, how many tokens; of a pair of answers, with the one that was chosen. */
export function countedChatTokens(all: readonly ChatCount[]): number {
  return countedTokens(summedCounts(counted(all).map(({ counts }) => counts)));
}

/**
 * `30 tokens (system 6 · user 7 · assistant 1 · template 16)`; of several conversations that of all together. Of a pair
 * `chosen 23 tokens, rejected 24 tokens`: all but the answers is the same in both.
 */
export function chatCountText(all: readonly ChatCount[], t: Translate): string {
  const isPair = all.length === 2 && all.every(({ answer }) => answer !== undefined);
  if (!isPair) return countText(summedCounts(counted(all).map(({ counts }) => counts)), t);
  return all
    .map(({ answer, counts }) => `${answerName(answer, t)} ${formatQuantity(countedTokens(counts), 'token')}`)
    .join(', ');
}

/** Which of the two answers of a pair it is. */
export function answerName(answer: Conversation['answer'], t: Translate): string {
  return answer === 'rejected' ? t('rejected') : t('chosen');
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
