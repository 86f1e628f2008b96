import { type Sentence, sentence } from '../../shared/errors';
import type { CheckpointTensor } from '../checkpoint/checkpoint';
import { rowLengthOf, type StoredTensor } from '../checkpoint/stored-tensor';
import { elementsOf } from '../tensors/tensor-types';

/** Rows and columns that share a scale. */
export type ScaleBlock = readonly [rows: number, columns: number];

/**
 * A matrix in float8 with scales beside it. `rows` gives the products, rounded once to float32 as PyTorch does;
 * `blocks` gives the float8 numbers alone.
 */
export class ScaledTensor implements CheckpointTensor {
  readonly #tensor: StoredTensor;
  readonly #scales: StoredTensor;
  readonly #block: ScaleBlock;
  /** The scales, read when they are first needed. */
  #values: Float32Array | undefined;

  constructor(tensor: StoredTensor, scales: StoredTensor, block: ScaleBlock) {
    this.#tensor = tensor;
    this.#scales = scales;
    this.#block = block;
  }

  get name() {
    return this.#tensor.name;
  }

  get type() {
    return this.#tensor.type;
  }

  get shape() {
    return this.#tensor.shape;
  }

  get elementCount() {
    return this.#tensor.elementCount;
  }

  rows(first: number, count: number): Float32Array {
    const weights = this.#tensor.rows(first, count);
    this.#values ??= allOf(this.#scales);
    const width = rowLengthOf(this);
    const [blockRows, blockColumns] = this.#block;
    const scalesInRow = Math.ceil(width / blockColumns);
    for (let row = 0; row < count; row++) {
      const scales = Math.floor((first + row) / blockRows) * scalesInRow;
      for (let block = 0; block < scalesInRow; block++) {
        const scale = this.#values[scales + block] as number;
        const start = row * width + block * blockColumns;
        const end = row * width + Math.min(width, (block + 1) * blockColumns);
        for (let i = start; i < end; i++) weights[i] = (weights[i] as number) * scale;
      }
    }
    return weights;
  }

  blocks(first: number, count: number): Uint8Array {
    return this.#tensor.blocks(first, count);
  }
}

/**
 * A matrix with its scales: one for all, one a row, or one a block of `block`.
 *
 * @param refuse makes the error for scales that are not as many as the matrix asks for
 */
export function scaledTensor(
  tensor: StoredTensor,
  scales: StoredTensor,
  block: ScaleBlock,
  refuse: (reason: Sentence) => Error,
): ScaledTensor {
  const columns = rowLengthOf(tensor);
  const rows = tensor.elementCount / columns;
  const shape = scales.shape.join();
  const layouts: [string[], ScaleBlock][] = [
    [
      ['', '1', '1,1'],
      [rows, columns],
    ],
    [
      [`${rows}`, `${rows},1`],
      [1, columns],
    ],
    [[`${Math.ceil(rows / block[0])},${Math.ceil(columns / block[1])}`], block],
  ];
  const found = tensor.shape.length === 2 && layouts.find(([shapes]) => shapes.includes(shape));
  if (!found) {
    throw refuse(
      sentence`the tensor ${scales.name} is ${scales.shape.join(' x ')}, which are no scales of ${tensor.name}`,
    );
  }
  return new ScaledTensor(tensor, scales, found[1]);
}

function allOf(tensor: StoredTensor): Float32Array {
  return tensor.rows(0, elementsOf(tensor.shape.slice(0, -1)));
}
