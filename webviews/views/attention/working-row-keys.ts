import type { HeadRow } from '../../../src/shared/engine-api';

const BEST = 5;

/** Which keys of a head's row are shown by themselves, and what the others come to. */
export interface RowKeys {
  /** The largest weights first, and the query itself where it is not among them. */
  shown: number[];
  /** All others that the query sees, together. */
  rest: { count: number; weight: number };
  /** The next token, as an example of those that come later, and how many there are. */
  later: { first: number; count: number } | undefined;
  /** The nearest token before those that it sees, and how many there are. */
  outside: { last: number; count: number } | undefined;
}

export function rowKeys({ weights, masked }: HeadRow, query: number): RowKeys {
  const seen = [...masked.keys()].filter((key) => masked[key] === 0);
  const byWeight = seen.toSorted((one, other) => (weights[other] ?? 0) - (weights[one] ?? 0));
  const best = byWeight.slice(0, BEST);
  const shown = best.includes(query) ? best : [...best, query];
  const others = seen.filter((key) => !shown.includes(key));
  const later = masked.length - query - 1;
  const before = [...masked.keys()].filter((key) => key < query && masked[key] === 1);
  return {
    shown,
    rest: { count: others.length, weight: others.reduce((sum, key) => sum + (weights[key] ?? 0), 0) },
    later: later > 0 ? { first: query + 1, count: later } : undefined,
    outside: before.length > 0 ? { last: before.at(-1) ?? 0, count: before.length } : undefined,
  };
}
