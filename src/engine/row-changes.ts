import type { Tensor } from 'onnxruntime-node';
import { CHANGES } from '../model/graphs/ports';
import { float32, int64 } from './tensors';

/** Other values, [C], in place of a row at a graph's site. */
export interface RowChange {
  site: number;
  row: number;
  values: Float32Array;
}

/** What a graph of so many sites is fed of rows that a run changes, no row of a site twice. @param width of a row, C */
export function changeFeeds(changes: readonly RowChange[], sites: number, width: number): Record<string, Tensor> {
  const counts = new Uint32Array(sites);
  const sorted = changes.toSorted((a, b) => a.site - b.site);
  const values = new Float32Array(sorted.length * width);
  for (const [i, change] of sorted.entries()) {
    counts[change.site] = (counts[change.site] as number) + 1;
    values.set(change.values, i * width);
  }
  const rows = sorted.map(({ row }) => row);
  return {
    [CHANGES.counts]: int64(counts, sites),
    [CHANGES.rows]: int64(rows, rows.length, 1),
    [CHANGES.values]: float32(values, rows.length, width),
  };
}
