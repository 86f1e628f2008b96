import type { LayerPart } from '../../model/architectures/architecture';
import { residualOf, type Trace } from '../trace';
import type { Branch, TraceLayers } from './branch';

/** Two runs of as many tokens: one that is patched, and one that patches come from. */
export interface Patching {
  trace: Trace;
  source: Trace;
}

/** The run that is patched, with the stream of the other as it enters a layer at a position. */
export function residualPatch({ source }: Patching, layer: number, position: number): Branch {
  const values = residualOf(source, layer, position, position + 1);
  return { layer, start: position, enter: async () => ({ rows: [{ position, values }] }) };
}

/**
 * The same with what a part of a layer adds at a position of the other run. What leaves the layer differs at that position
 * alone, so that one run with all its rows changed tells what it is at each.
 */
export function partPatches({ trace, source }: Patching, part: LayerPart) {
  const known = new Map<number, Promise<Float32Array>>();
  const patched = async (own: TraceLayers) => {
    const values = await own(source).part(part);
    const width = values.length / own(source).positions;
    const changes = Array.from({ length: own(source).positions }, (_, position) => ({
      place: part,
      position,
      values: values.subarray(position * width, (position + 1) * width),
    }));
    return own(trace).changed(changes, 'next');
  };
  return (layer: number, position: number): Branch => ({
    layer,
    start: position,
    leave: async (own) => {
      const rows = known.get(layer) ?? patched(own);
      known.set(layer, rows);
      const next = await rows;
      const width = next.length / own(trace).positions;
      return [{ position, values: next.subarray(position * width, (position + 1) * width) }];
    },
  });
}
