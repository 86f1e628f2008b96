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

type Side = 'before' | 'after' | 'on';

/** The side of a bar where there is more room; on it where there is none. */
function sideOf(axis: Axis, from: number, to: number, room = ROOM): Side {
  const [before, after] = [axis.at(Math.min(from, to)), 1 - axis.at(Math.max(from, to))];
  if (Math.max(before, after) < room) return 'on';
  return after >= before ? 'after' : 'before';
}

/** Where what is said of a bar stands. @param room share of the width that it needs beside the bar */
export function beside(axis: Axis, from: number, to: number, room = ROOM): Record<string, string | undefined> {
  const [start, end] = [axis.at(Math.min(from, to)), axis.at(Math.max(from, to))];
  const side = sideOf(axis, from, to, room);
  if (side === 'before') return { left: undefined, right: `calc(${inPercent(1 - start)} + 6px)` };
  return { left: `calc(${inPercent(side === 'on' ? start : end)} + 6px)`, right: undefined };
}

/**
 * The longest bars of layers, which have names beside them: where the names of two that follow each other would stand one on
 * the other, only the longer of both.
 */
export function namedSteps(steps: readonly Step[], axis: Axis, most: number): Set<Step> {
  const named = new Map<number, Side>();
  const longest = [...steps.keys()]
    .filter((index) => 'layer' in (steps[index]?.of ?? {}))
    .toSorted((one, other) => Math.abs(steps[other]?.value ?? 0) - Math.abs(steps[one]?.value ?? 0));
  for (const index of longest) {
    const { from, to } = steps[index] as Step;
    const side = sideOf(axis, from, to);
    const isCovered = [named.get(index - 1), named.get(index + 1)].some(
      (other) => other !== undefined && (other === side || other === 'on' || side === 'on'),
    );
    if (!isCovered && named.size < most) named.set(index, side);
  }
  return new Set([...named.keys()].map((index) => steps[index] as Step));
}
