import type { LayerKind, ModelConfig } from '../config';
import type { WeightList } from './weight-list';

/** How one tensor holds the rows of queries, keys and values. */
export interface FusedLayout {
  /** All queries, then all keys, then all values; or the three of one head after another. */
  layout: 'parts' | 'heads';
  /** The tensor is [in, out]. */
  transposed?: boolean;
  /** Of `rotaryOrder`. */
  order?: readonly number[] | undefined;
}

/** The matrices of queries, keys and values, which are rows of the tensor `qkv`, and that of the output. */
export function addFusedAttention(
  list: WeightList,
  layer: number,
  { hiddenSize, numAttentionHeads }: ModelConfig,
  { headDim, numKeyValueHeads }: LayerKind,
  { layout, transposed = false, order }: FusedLayout,
): void {
  const width = numAttentionHeads * headDim;
  const keyValueWidth = numKeyValueHeads * headDim;
  const rows = width + 2 * keyValueWidth;
  const shape = transposed ? [hiddenSize, rows] : [rows, hiddenSize];
  const starts = layout === 'parts' ? [0, width, width + keyValueWidth] : [0, headDim, 2 * headDim];
  const stride = layout === 'parts' ? headDim : 3 * headDim;
  const part = (number: number, ofHead?: readonly number[]) => ({
    shape,
    transposed,
    rows: { start: starts[number] as number, size: headDim, stride, order: ofHead },
  });
  list.linear(layer, 'query', [width, hiddenSize], { heads: 'query', ...part(0, order) }, 'qkv');
  list.linear(layer, 'key', [keyValueWidth, hiddenSize], { heads: 'keyValue', ...part(1, order) }, 'qkv');
  list.linear(layer, 'value', [keyValueWidth, hiddenSize], { heads: 'keyValue', ...part(2) }, 'qkv');
  list.linear(layer, 'output', [hiddenSize, width], { transposed });
}
