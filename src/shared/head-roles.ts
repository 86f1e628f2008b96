import type { HeadSummary } from './engine-api';

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
