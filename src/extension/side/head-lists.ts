import { HEAD_ROLES, type HeadRole, roleShare } from '../../display/head-roles';
import type { HeadSummary } from '../../shared/engine-api';

const STRONGEST = 5;

/** The heads that do most of one thing, the strongest first. */
export function strongestIn(role: HeadRole, heads: readonly HeadSummary[]): HeadSummary[] {
  return heads
    .filter((head) => roleShare(head, role) > 0)
    .sort((one, other) => roleShare(other, role) - roleShare(one, role))
    .slice(0, STRONGEST);
}

/** The heads of each layer, in order. */
export function headsByLayer(heads: readonly HeadSummary[]): HeadSummary[][] {
  const layers = new Set(heads.map(({ layer }) => layer));
  return [...layers].map((layer) => heads.filter((head) => head.layer === layer));
}

/** What can be seen of a head, what it does most first. */
export function rolesByShare(head: HeadSummary): HeadRole[] {
  return HEAD_ROLES.filter((role) => !Number.isNaN(head[role])).sort(
    (one, other) => roleShare(head, other) - roleShare(head, one),
  );
}
