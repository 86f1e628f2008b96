import { sentence, VitrineError } from '../../shared/errors';
import type { CheckpointTensor } from '../checkpoint/checkpoint';
import { elementsOf } from '../tensors/tensor-types';
import { type Factor, type LowRank, shapeOf } from './adapter';

/** The factors of a matrix, row-major. */
export interface Factors {
  /** [rows, rank] */
  left: Float32Array;
  /** [rank, width] */
  right: Float32Array;
}

/** @param path of the adapter, which names it in errors @throws VitrineError `adapter.notFinite` */
export const readFactors = ({ left, right }: LowRank, path: string): Factors => ({
  left: readFactor(left, path),
  right: readFactor(right, path),
});

function readFactor(factor: Factor, path: string): Float32Array {
  const values = finiteValues(factor.tensor, path);
  return factor.transposed ? transpose(values, shapeOf(factor)) : values;
}

/** All of a tensor of an adapter. @throws VitrineError `adapter.notFinite` */
export function finiteValues(tensor: CheckpointTensor, path: string): Float32Array {
  const values = tensor.rows(0, elementsOf(tensor.shape.slice(0, -1)));
  if (values.every(Number.isFinite)) return values;
  throw new VitrineError(
    'adapter.notFinite',
    sentence`${path}: the tensor ${tensor.name} holds a weight that is no finite number. The adapter is damaged: get it again.`,
  );
}

/** @param shape of what it becomes */
function transpose(values: Float32Array, [rows, columns]: [number, number]): Float32Array {
  const result = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      result[row * columns + column] = values[column * rows + row] as number;
    }
  }
  return result;
}
