import type { AttentionPattern } from '../../shared/engine-api';
import { blockOf, partsOf } from './attention-patterns';
import type { Rows } from './head-group';

/**
 * A pattern of some rows, whole or pooled to at most `size` rows and columns, of which only rows are at hand: the largest
 * weight of a block is that of a mean of heads, say, so the mean comes before the pooling.
 *
 * @param weightsOf some rows: [rows, keys], keys 0 to the last row
 */
export async function pooledRows(
  { from, to }: Rows,
  size: number | undefined,
  weightsOf: (part: Rows) => Promise<Float32Array>,
): Promise<AttentionPattern> {
  const { rows: rowBlock, columns: columnBlock } = blockOf({ from, to }, size ?? Number.POSITIVE_INFINITY);
  const rows = Math.ceil((to - from) / rowBlock);
  const columns = Math.ceil(to / columnBlock);
  const maximum = new Float32Array(rows * columns);
  const sum = new Float32Array(rows * columns);
  for (const part of partsOf({ from, to }, rowBlock)) {
    const weights = await weightsOf(part);
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
