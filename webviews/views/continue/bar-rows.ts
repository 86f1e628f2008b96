import { childOf } from './branches';
import type { Draw, Place } from './place';

/** A token as the model gave it, and as sampling left it. */
export interface BarRow {
  id: number;
  /** Probability from the model. */
  raw: number;
  /** Among those that are left; undefined where it was cut. */
  adjusted: number | undefined;
  isDrawn: boolean;
  /** It has been taken here: there is a branch. */
  isTaken: boolean;
  /** More probable tokens between this row and the one above. */
  skipped: number;
}

/** All tokens without a row, together. */
export interface OtherTokens {
  count: number;
  /** Those of them that may be drawn. */
  left: number;
  raw: number;
  adjusted: number;
}

/** @returns the most probable tokens, the drawn one wherever it is, and the rest: each kind of probability sums to 1. */
export function barRows(
  { order, logprobs, end, writer }: Place,
  { left, drawn }: Draw,
  most: number,
): { rows: BarRow[]; others: OtherTokens } {
  const drawnRank = left.indexOf(drawn);
  const shown = Array.from({ length: Math.min(most, order.length) }, (_, rank) => rank);
  const ranks = drawnRank >= most ? [...shown, drawnRank] : shown;
  const rawAt = (rank: number) => Math.exp(logprobs[order[rank] ?? 0] ?? Number.NEGATIVE_INFINITY);
  const rows = ranks.map((rank, i): BarRow => {
    const id = order[rank] ?? 0;
    return {
      id,
      raw: rawAt(rank),
      adjusted: left[rank]?.probability,
      isDrawn: rank === drawnRank,
      isTaken: childOf(end, { id, writer: writer.name }) !== undefined,
      skipped: rank - (ranks[i - 1] ?? -1) - 1,
    };
  });
  const others = { count: 0, left: 0, raw: 0, adjusted: 0 };
  for (let rank = most; rank < order.length; rank++) {
    if (rank === drawnRank) continue;
    others.count++;
    others.raw += rawAt(rank);
    if (rank < left.length) others.left++;
    others.adjusted += left[rank]?.probability ?? 0;
  }
  return { rows, others };
}
