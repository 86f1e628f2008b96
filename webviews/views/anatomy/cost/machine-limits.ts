import { bestLimits, reachedLimits, WORK_PARTS } from '../../../../src/anatomy/roofline';
import type { Limits } from '../../../../src/shared/part-times-api';
import type { ViewStore } from '../../../store/view-store';
import type { CostPass } from './cost-passes';
import { measuredSeconds } from './timed-parts';

/** What passes have reached on this machine that were measured since the page was opened. */
const REACHED = new WeakMap<ViewStore, Limits>();

/** A part that is not timed alone counts as what is done between operations, where it is done. */
export function keepReached(store: ViewStore, passes: readonly CostPass[]): void {
  const reached = passes.flatMap(({ work, measured }) =>
    WORK_PARTS.flatMap((part) => {
      const seconds = measured ? measuredSeconds(measured, part) || measuredSeconds(measured, 'outside') : 0;
      return seconds > 0 ? [reachedLimits(work[part], seconds)] : [];
    }),
  );
  const before = REACHED.get(store);
  REACHED.set(store, bestLimits(before ? [before, ...reached] : reached));
}

/** What this machine can do: what it did when it was tried, or more where a pass has reached more. */
export function machineLimits(store: ViewStore, tried: Limits | undefined): Limits | undefined {
  const reached = REACHED.get(store);
  return tried && reached ? bestLimits([tried, reached]) : tried;
}
