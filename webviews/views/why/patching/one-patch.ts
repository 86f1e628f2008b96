import { interventionsOf } from '../../../../src/shared/steering';
import type { ViewStore } from '../../../store/view-store';
import type { PatchSite } from './grid-fill';
import { type Pair, type Run, runOf } from './runs';

/** A place in a run. */
export interface Place {
  layer: number;
  position: number;
}

/** What one run has at one place, put into another at a place of it. */
export interface Patch {
  site: Exclude<PatchSite, 'head'>;
  source: Place;
  target: Place;
}

/** The run of `ids` with a patch from a trace. */
export async function runPatched(
  store: ViewStore,
  { site, source, target }: Patch,
  { trace, ids, pair }: { trace: number; ids: readonly number[]; pair: Pair },
  signal: AbortSignal,
): Promise<Run> {
  const { trace: patched } = await store.host.forwardTokens({
    task: store.newTask(signal),
    ids: [...ids],
    ...interventionsOf(store.state),
    patches: [{ site, ...target, source: { trace, ...source } }],
  });
  return runOf(store, patched, ids, pair);
}
