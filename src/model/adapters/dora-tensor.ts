import type { CheckpointTensor } from '../checkpoint/checkpoint';
import { rowLengthOf } from '../checkpoint/stored-tensor';
import { ComputedTensor } from './computed-tensor';
import { finiteValues } from './factors';

/** Rows that are read at once. */
const ROWS = 512;

/**
 * A matrix whose outputs have the lengths that a DoRA gives them (Liu et al. 2024, arXiv 2402.09353): m / ‖W‖ ⊙ W, the norm
 * over the inputs of each output. As `DoraLinearVariant.merge_safe` of PEFT.
 */
export class DoraTensor extends ComputedTensor {
  /** With what the adapter adds. */
  readonly #directions: CheckpointTensor;
  readonly #magnitudes: CheckpointTensor;
  readonly #isTransposed: boolean;
  readonly #path: string;
  #factors: Float64Array | undefined;

  /** @param isTransposed whether the tensor is [in, out] @param path of the adapter, which names it in errors */
  constructor(directions: CheckpointTensor, magnitudes: CheckpointTensor, isTransposed: boolean, path: string) {
    super(directions);
    this.#directions = directions;
    this.#magnitudes = magnitudes;
    this.#isTransposed = isTransposed;
    this.#path = path;
  }

  rows(first: number, count: number): Float32Array {
    this.#factors ??= this.#readFactors();
    const factors = this.#factors;
    const outputOf = this.#outputs();
    return this.#directions.rows(first, count).map((value, i) => value * (factors[outputOf(first, i)] as number));
  }

  /** What each output is multiplied by. */
  #readFactors(): Float64Array {
    const squares = new Float64Array(this.#magnitudes.elementCount);
    const rows = this.shape[0] as number;
    const outputOf = this.#outputs();
    for (let first = 0; first < rows; first += ROWS) {
      const values = this.#directions.rows(first, Math.min(ROWS, rows - first));
      for (let i = 0; i < values.length; i++) {
        const output = outputOf(first, i);
        squares[output] = (squares[output] as number) + (values[i] as number) ** 2;
      }
    }
    const magnitudes = finiteValues(this.#magnitudes, this.#path);
    return squares.map((square, output) => (magnitudes[output] as number) / Math.sqrt(square));
  }

  /** The output that the element number i of rows from `first` on belongs to. */
  #outputs(): (first: number, i: number) => number {
    const width = rowLengthOf(this);
    return this.#isTransposed ? (_, i) => i % width : (first, i) => first + Math.floor(i / width);
  }
}
