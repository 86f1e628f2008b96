import type { HeadSummary } from '../shared/engine-api';

/** What a head may be seen to do, each measured as a mean weight: rare roles before the one that most heads rest in. */
export const HEAD_ROLES = ['previous', 'self', 'induction', 'first'] as const;
export type HeadRole = (typeof HEAD_ROLES)[number];

/** Of a weight that says what a head does. */
export const CLEAR_SHARE = 0.3;

/** How much of its weight a head gives in a role; 0 where the text cannot show it. */
export function roleShare(head: HeadSummary, role: HeadRole): number {
  return Number.isNaN(head[role]) ? 0 : head[role];
}

/** What a head clearly does. Most rest on the first token when they have nothing to do, so that counts last. */
export function roleOf(head: HeadSummary): HeadRole | undefined {
  const [most] = (['previous', 'self', 'induction'] as const).toSorted(
    (one, other) => roleShare(head, other) - roleShare(head, one),
  );
  return [most, 'first' as const].find((role) => role !== undefined && roleShare(head, role) >= CLEAR_SHARE);
}

/**
 * The head that a text is opened with while nobody has chosen one: the one that looks most at what came after an earlier
 * copy of a token, where that is clear, and else the one that looks most at the token before.
 */
export function openingHead(heads: readonly HeadSummary[]): { summary: HeadSummary; role: HeadRole } | undefined {
  const strongest = (role: HeadRole) =>
    heads.reduce((most, head) => (roleShare(head, role) > roleShare(most, role) ? head : most));
  if (heads.length === 0) return undefined;
  const induction = strongest('induction');
  const isClear = roleShare(induction, 'induction') >= CLEAR_SHARE;
  return isClear ? { summary: induction, role: 'induction' } : { summary: strongest('previous'), role: 'previous' };
}
