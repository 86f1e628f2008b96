import type { AttentionPattern } from '../../shared/engine-api';
import type { Trace } from '../trace';
import { type AttentionPatterns, blockOf, partsOf } from './attention-patterns';
import type { Rows } from './head-group';

/**
 * The mean of a layer's heads at some rows, whole or pooled to at most `size` rows and columns. The largest weight of a
 * block is that of the mean, so the mean comes before the pooling.
 */
export async function layerPattern(
  lens: AttentionPatterns,
  trace: Trace,
  layer: number,
  { from, to }: Rows,
  size = Number.POSITIVE_INFINITY,
): Promise<AttentionPattern> {
  const { rows: rowBlock, columns: columnBlock } = blockOf({ from, to }, size);
  const rows = Math.ceil((to - from) / rowBlock);
  const columns = Math.ceil(to / columnBlock);
  const maximum = new Float32Array(rows * columns);
  const sum = new Float32Array(rows * columns);
  for (const part of partsOf({ from, to }, rowBlock)) {
    const weights = await lens.layerMean(trace, layer, part);
    for (let at = 0; at < weights.length; at++) {
      const row = Math.floor((part.from - from + Math.floor(at / part.to)) / rowBlock);
      const block = row * columns + Math.floor((at % part.to) / columnBlock);
      const weight = weights[at] as number;
      maximum[block] = Math.max(maximum[block] as number, weight);
      sum[block] = (sum[block] as number) + weight;
    }
  }
  const height = (block: number) => Math.min(rowBlock, to - from - Math.floor(block / columns) * rowBlock);
  const width = (block: number) => Math.min(columnBlock, to - (block % columns) * columnBlock);
  const mean = rowBlock * columnBlock === 1 ? maximum : sum.map((total, at) => total / (height(at) * width(at)));
  return { rowBlock, columnBlock, rows, columns, maximum, mean };
}
