import type { KindSums, LineSum } from '../../shared/map-api';
import type { LineKind, LineScore } from '../../shared/workspace-api';

/** What lines come to, by their kind. */
export function sumsByKind(lines: Iterable<LineScore>): KindSums {
  const sums: KindSums = {};
  for (const { kind, tokens, bits, newNames } of lines) {
    const sum = sumOf(sums, kind);
    sum.tokens += tokens;
    sum.bits += bits;
    sum.newNames.tokens += newNames.tokens;
    sum.newNames.bits += newNames.bits;
  }
  return sums;
}

function sumOf(sums: KindSums, kind: LineKind): LineSum {
  sums[kind] ??= { tokens: 0, bits: 0, newNames: { tokens: 0, bits: 0 } };
  return sums[kind];
}
