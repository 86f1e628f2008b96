import { siteOf } from '../../model/graphs/ports';
import type { RowChange } from '../row-changes';
import type { Interventions } from './interventions';

/** Positions [from, to) of a text. */
interface Range {
  from: number;
  to: number;
}

/** What a run of some positions is to put in place of what it computes, in rows of the run. */
export function patchedRows({ patches }: Interventions, { from, to }: Range): RowChange[] {
  return patches
    .filter(({ row }) => row >= from && row < to)
    .map(({ site, row, values }) => ({ site, row: row - from, values }));
}

/** Changes a stream [N, C] that has left a layer, at some positions of a text, in place. */
export function changeLeaving(
  { patches, steering }: Interventions,
  layer: number,
  { from, to }: Range,
  stream: Float32Array,
): void {
  const width = stream.length / (to - from);
  const direction = steering?.subarray(layer * width, (layer + 1) * width);
  for (let at = 0; direction && at < stream.length; at++) {
    stream[at] = (stream[at] as number) + (direction[at % width] as number);
  }
  const border = siteOf(layer + 1, 'residual');
  for (const { site, row, values } of patches) {
    if (site === border && row >= from && row < to) stream.set(values, (row - from) * width);
  }
}
