import { CLEAR_SHARE, HEAD_ROLES, type HeadRole, roleOf, roleShare } from '../../../src/display/head-roles';
import { formatCount } from '../../../src/display/numbers';
import type { HeadSummary } from '../../../src/shared/engine-api';
import type { Subject } from '../../../src/shared/inspector-api';
import type { Term } from '../../glossary';
import { shownRuns, subjectTokens } from '../../kit/subject-tokens';
import { t } from '../../l10n';
import { formatWeight } from './attention-scope';

/** Less than this is not worth a word. */
const NOTED_SHARE = 0.1;

/** Of how many tokens the numbers of heads are, where those are not the selected ones alone. */
export function measuredText(subject: Subject | undefined): string {
  const tokens = subjectTokens(subject).length;
  return shownRuns(subject).length > 0 ? t('over all {0} tokens read', formatCount(tokens)) : '';
}

/** The weight that is measured, as it is read beside its number. */
export function roleName(role: HeadRole): string {
  switch (role) {
    case 'induction':
      return t('after an earlier copy');
    case 'previous':
      return t('previous token');
    case 'first':
      return t('first token');
    case 'self':
      return t('the token itself');
  }
}

export const ROLE_TERMS: Record<HeadRole, Term> = {
  induction: 'induction',
  previous: 'attention',
  first: 'sink',
  self: 'attention',
};

/** What a share is a part of, where that is not the weight of all tokens: shares of several roles add up to more than 100 %. */
export function roleNote(role: HeadRole): string {
  return role === 'induction' ? t('of the weight of tokens that have an earlier copy') : '';
}

/** `after an earlier copy 43 %`: what a head does most, but for resting on the first token. */
export function headSummaryText(summary: HeadSummary): string {
  const most = roleOf(summary) ?? mostOf(summary);
  return `${roleName(most)} ${formatWeight(roleShare(summary, most))}`;
}

function mostOf(summary: HeadSummary): HeadRole {
  const others = HEAD_ROLES.filter((role) => role !== 'first');
  return others.reduce((most, role) => (roleShare(summary, role) > roleShare(summary, most) ? role : most));
}

/** One sentence on what a head seems to be for. */
export function roleSentence(summary: HeadSummary): string {
  switch (roleOf(summary)) {
    case 'induction':
      return t(
        'Looks like an induction head: at a token seen before, it looks at what came after it the last time. Its diagonal stripe is the earlier text.',
      );
    case 'previous':
      return t('Looks like a previous-token head: each token looks at the one before it.');
    case 'self':
      return t('Mostly looks at the token itself: it passes on what is there already.');
    case 'first':
      return `${t('Mostly rests on the first token, as heads do that find little to look for.')}${elsewhere(summary)}`;
    case undefined:
      if ((summary.sink ?? 0) >= CLEAR_SHARE) {
        return `${t('Mostly rests on a sink of its own, as heads do that find little to look for.')}${elsewhere(summary)}`;
      }
      return t('Spreads its weight: none of these four says what it does in this text.');
  }
}

/** Why a text is opened with a head. */
export function openingSentence({ summary, role }: { summary: HeadSummary; role: HeadRole }): string {
  const share = roleShare(summary, role);
  if (share === 0) return '';
  return role === 'induction'
    ? t('Opened with this head: of all it looks most at what came after an earlier copy ({0}).', formatWeight(share))
    : t('Opened with this head: of all it looks most at the token before ({0}).', formatWeight(share));
}

/** What a head does that mostly rests, where that is something. */
function elsewhere(summary: HeadSummary): string {
  const most = mostOf(summary);
  const share = roleShare(summary, most);
  return share >= NOTED_SHARE ? ` ${t('Beside that: {0}, {1}.', roleName(most), formatWeight(share))}` : '';
}
