import { formatDecimal, spokenDigits } from '../../../../src/display/numbers';
import { signedShare } from '../../../../src/display/scales';

/** Where nothing does more, the scale ends at so many nats: what changes next to nothing shall not look like much. */
const SHORTEST_END = 1;

/** A smaller change, in nats, is none that anybody could tell from none. */
const LEAST_SHOWN = 0.005;

/** Where the scale of changes ends, in nats: at the largest, rounded up to one significant digit. */
export function scaleEnd(changes: Iterable<number>): number {
  let largest = SHORTEST_END;
  for (const change of changes) largest = Math.max(largest, Math.abs(change));
  const unit = 10 ** Math.floor(Math.log10(largest));
  return Math.ceil(largest / unit) * unit;
}

/** Of a legend that goes from −end to end. */
export function changeTicks(end: number): { share: number; text: string }[] {
  return [-end, 0, end].map((change) => ({ share: (signedShare(change, end) + 1) / 2, text: signed(change) }));
}

/** `+12.3`, `−1.2`, `−0.36`; `≈ 0` for what is under half a hundredth. */
export function signed(change: number): string {
  const size = Math.abs(change);
  if (size < LEAST_SHOWN) return change === 0 ? '0' : '≈ 0';
  const digits = size < 1 ? spokenDigits(size.toFixed(2)) : formatDecimal(size);
  return `${change > 0 ? '+' : '−'}${digits}`;
}
