import type { ModelConfig } from '../../model/config';
import { siteOf } from '../../model/graphs/ports';
import { NO_CHANGES, type RowChange, type RowChanges } from '../row-changes';
import type { Interventions } from './interventions';

/** Positions [from, to) of a text. */
interface Range {
  from: number;
  to: number;
}

/** What the decoder is to change in a run of some positions. */
export function decoderChanges(
  { hiddenSize, numHiddenLayers }: ModelConfig,
  { patches, steering }: Interventions,
  { from, to }: Range,
): RowChanges {
  if (patches.length === 0 && !steering) return NO_CHANGES;
  const replaced = patches
    .filter(({ row }) => row >= from && row < to)
    .map(({ site, row, values }) => ({ site, row: row - from, values }));
  const place = ({ site, row }: Omit<RowChange, 'values'>) => `${site} ${row}`;
  const taken = new Set(replaced.map(place));
  const added: RowChange[] = [];
  for (let layer = 0; steering && layer < numHiddenLayers; layer++) {
    const values = steering.subarray(layer * hiddenSize, (layer + 1) * hiddenSize);
    if (values.every((value) => value === 0)) continue;
    const site = siteOf(layer + 1, 'residual');
    for (let row = 0; row < to - from; row++) {
      if (!taken.has(place({ site, row }))) added.push({ site, row, values });
    }
  }
  return { replaced, added };
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
