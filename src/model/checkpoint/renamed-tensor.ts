import type { CheckpointTensor } from './checkpoint';

/** A tensor under another name. */
export const renamed = (tensor: CheckpointTensor, name: string): CheckpointTensor => ({
  name,
  type: tensor.type,
  shape: tensor.shape,
  elementCount: tensor.elementCount,
  rows: (first, count) => tensor.rows(first, count),
  blocks: (first, count) => tensor.blocks(first, count),
});
