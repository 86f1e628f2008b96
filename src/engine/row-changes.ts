import type { Tensor } from 'onnxruntime-node';
import { CHANGES } from '../model/graphs/ports';
import { float32, int64 } from './tensors';

/** Other values, [C], at a row of a graph's site. */
export interface RowChange {
  site: number;
  row: number;
  values: Float32Array;
}

/** What a run of a graph changes: rows that get other values, no row of a site twice, and what is added to rows. */
export interface RowChanges {
  replaced: readonly RowChange[];
  added: readonly RowChange[];
}

export const NO_CHANGES: RowChanges = { replaced: [], added: [] };

/** What a graph of so many sites is fed of them. @param width of a row, C */
export function changeFeeds(changes: RowChanges, sites: number, width: number): Record<string, Tensor> {
  return {
    ...feedsOf(CHANGES.replaced, changes.replaced, sites, width),
    ...feedsOf(CHANGES.added, changes.added, sites, width),
  };
}

function feedsOf(
  names: (typeof CHANGES)[keyof typeof CHANGES],
  changes: readonly RowChange[],
  sites: number,
  width: number,
): Record<string, Tensor> {
  const counts = new Uint32Array(sites);
  const sorted = changes.toSorted((a, b) => a.site - b.site);
  const values = new Float32Array(sorted.length * width);
  for (const [i, change] of sorted.entries()) {
    counts[change.site] = (counts[change.site] as number) + 1;
    values.set(change.values, i * width);
  }
  const rows = sorted.map(({ row }) => row);
  return {
    [names.counts]: int64(counts, sites),
    [names.rows]: int64(rows, rows.length, 1),
    [names.values]: float32(values, rows.length, width),
  };
}
