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
