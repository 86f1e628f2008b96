import type { Run } from '../../../kit/subject-tokens';

/**
 * How two texts of tokens lie beside each other: the same; token by token, with the positions where they differ; or not at
 * all, since one has more tokens, with what stands in each between a common beginning and a common end.
 */
export type Alignment =
  | { kind: 'same' }
  | { kind: 'aligned'; differing: number[] }
  | { kind: 'unequal'; clean: Run; corrupt: Run };

/** @param clean, corrupt token ids */
export function align(clean: ArrayLike<number>, corrupt: ArrayLike<number>): Alignment {
  if (clean.length !== corrupt.length) return unequal(clean, corrupt);
  const differing = Array.from(clean, (_, position) => position).filter((i) => clean[i] !== corrupt[i]);
  return differing.length === 0 ? { kind: 'same' } : { kind: 'aligned', differing };
}

function unequal(clean: ArrayLike<number>, corrupt: ArrayLike<number>): Alignment {
  const shorter = Math.min(clean.length, corrupt.length);
  let start = 0;
  while (start < shorter && clean[start] === corrupt[start]) start++;
  let end = 0;
  while (end < shorter - start && clean[clean.length - 1 - end] === corrupt[corrupt.length - 1 - end]) end++;
  return {
    kind: 'unequal',
    clean: { from: start, to: clean.length - end },
    corrupt: { from: start, to: corrupt.length - end },
  };
}
