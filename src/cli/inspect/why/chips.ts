import type { Screen } from '../../output';
import { padEnd, widthOf } from '../../terminal/width';

/** A token of a text that is painted. */
export interface Chip {
  label: string;
  /** Stands under it. */
  number: string;
  /** From −1, against, to 1, for. */
  share: number;
}

/** A text as chips with a number under each, line by line. */
export function chipLines(chips: readonly Chip[], { width, palette }: Screen): string[] {
  const lines: string[] = [];
  let [labels, numbers, used] = ['', '', 0];
  for (const { label, number, share } of chips) {
    const cell = Math.max(widthOf(label), widthOf(number));
    if (used > 0 && used + cell + 1 > width) {
      lines.push(labels.trimEnd(), numbers.trimEnd());
      [labels, numbers, used] = ['', '', 0];
    }
    labels += `${palette.signed(padEnd(label, cell), share)} `;
    numbers += `${padEnd(number, cell)} `;
    used += cell + 1;
  }
  return [...lines, labels.trimEnd(), numbers.trimEnd()];
}
