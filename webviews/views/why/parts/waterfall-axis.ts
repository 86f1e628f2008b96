import type { Effect } from './measured';
import type { Step } from './steps';

/** From nats to a share of the width. */
export interface Axis {
  at(value: number): number;
}

/** An axis that has zero, every stand of the sum, and every effect that was measured, from where its part begins. */
export function axisOf(steps: readonly Step[], hollow: readonly { step: Step; effect: Effect }[] = []): Axis {
  const values = [0, ...steps.map(({ to }) => to), ...hollow.map(({ step, effect }) => step.from + effect.total)];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = most - least || 1;
  return { at: (value) => (value - least) / room };
}

export const inPercent = (share: number) => `${100 * share}%`;

/** Less than this share of the width is no room for a name and a number. */
const ROOM = 0.3;

/** Beside a bar, on the side where there is more room; on it where there is none. */
export function beside(axis: Axis, from: number, to: number): Record<string, string | undefined> {
  const [before, after] = [axis.at(Math.min(from, to)), 1 - axis.at(Math.max(from, to))];
  if (Math.max(before, after) < ROOM) return { left: `calc(${inPercent(before)} + 6px)`, right: undefined };
  return after >= before
    ? { left: `calc(${inPercent(1 - after)} + 6px)`, right: undefined }
    : { left: undefined, right: `calc(${inPercent(1 - before)} + 6px)` };
}
