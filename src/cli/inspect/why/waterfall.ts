import { formatSigned } from '../../../display/numbers';
import type { Screen } from '../../output';
import { padEnd, padStart, widthOf } from '../../terminal/width';

/** What is added to the sum of those above. */
export interface Step {
  label: string;
  value: number;
}

const FOR = '█';
const AGAINST = '░';
const ZERO = '│';
const GAP = '  ';
/** A smaller share of the picture's width has no bar: it would stand for more than it is. */
const LEAST_SHARE = 1e-3;

/** Bars that each begin where the one above ends, and at the end their sum. No sum is longer than the room for it. */
export function waterfallLines(steps: readonly Step[], total: Step, { width, palette }: Screen): string[] {
  const sums = [0];
  for (const { value } of steps) sums.push((sums.at(-1) ?? 0) + value);
  const [least, most] = [Math.min(...sums, total.value), Math.max(...sums, total.value)];
  const labelWidth = Math.max(...[...steps, total].map(({ label }) => widthOf(label)));
  const numberWidth = Math.max(...[...steps, total].map(({ value }) => widthOf(formatSigned(value))));
  const room = width - labelWidth - numberWidth - 2 * GAP.length;
  const column = (value: number) => Math.round(((value - least) / (most - least || 1)) * (room - 1));
  const line = ({ label, value }: Step, from: number, to: number) => {
    const [left, right] = [column(Math.min(from, to)), column(Math.max(from, to))];
    const isSeen = Math.abs(value) > LEAST_SHARE * (most - least);
    const bar = (value < 0 ? AGAINST : FOR).repeat(isSeen ? Math.max(1, right - left) : 0);
    const before = withZero(' '.repeat(left), 0, column(0));
    const after = withZero(' '.repeat(Math.max(0, room - left - bar.length)), left + bar.length, column(0));
    const head = `${padEnd(label, labelWidth)}${GAP}${padStart(formatSigned(value), numberWidth)}${GAP}`;
    return `${head}${palette.quiet(before)}${palette.signed(bar, Math.sign(value))}${palette.quiet(after.trimEnd())}`.trimEnd();
  };
  return [
    ...steps.map((step, index) => line(step, sums[index] ?? 0, sums[index + 1] ?? 0)),
    palette.bold(line(total, 0, total.value)),
  ];
}

/** Spaces with a line where nothing is, for and against. @param at the column of their first */
function withZero(spaces: string, at: number, zero: number): string {
  const index = zero - at;
  return index >= 0 && index < spaces.length ? spaces.slice(0, index) + ZERO + spaces.slice(index + 1) : spaces;
}
