import { LAYER_PARTS } from '../../model/architectures/architecture';
import { siteOf } from '../../model/graphs/ports';
import type { LayerChange, LayerRun } from '../layer-run';

/** A run of a layer in which its parts add what patches say, unless the run itself changes the same. */
export function withPatches(run: LayerRun, layer: number, sequences: number): LayerRun {
  const patches = run.interventions?.patches ?? [];
  const own = run.changes ?? [];
  const changes = LAYER_PARTS.flatMap((place) =>
    patches
      .filter(({ site }) => site === siteOf(layer, place))
      .flatMap(({ row: position, values }) =>
        Array.from({ length: sequences }, (_, sequence) => ({ place, sequence, position, values })),
      ),
  ).filter((change) => !own.some((other) => isSamePlace(change, other)));
  return changes.length === 0 ? run : { ...run, changes: [...own, ...changes] };
}

const isSamePlace = (a: LayerChange, b: LayerChange) =>
  a.place === b.place && a.sequence === b.sequence && a.position === b.position;
