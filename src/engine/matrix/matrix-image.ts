import type { MatrixImage } from '../../shared/anatomy-api';
import type { Work } from '../../shared/progress';
import { type FileMatrix, piecesOf } from './file-matrix';

/** Rows and columns of a picture at most. */
const MOST_SIDE = 128;
/** An odd number: what is in the middle is around 0. */
const BINS = 41;
/** Where the bins end, in root mean squares of the numbers: beyond are the few that stand out. */
const ENDS = 4;

/** A matrix as a picture, and how its numbers are spread. */
export async function matrixImage(matrix: FileMatrix, work: Work): Promise<MatrixImage> {
  const image = new Image(matrix);
  const sums = { minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY, total: 0, squares: 0 };
  for await (const { first, values } of piecesOf(matrix, image.blockRows, work)) {
    image.add(first, values);
    for (const value of values) {
      if (value < sums.minimum) sums.minimum = value;
      if (value > sums.maximum) sums.maximum = value;
      sums.total += value;
      sums.squares += value * value;
    }
  }
  const { minimum, maximum, total, squares } = sums;
  const count = matrix.rows * matrix.columns;
  const end = ENDS * Math.sqrt(squares / count);
  return {
    ...image.picture,
    minimum,
    maximum,
    mean: total / count,
    end,
    counts: await countsOf(matrix, end, work),
  };
}

/** How many numbers fall into bins of equal width from -end to end; what is further out into the outermost. */
async function countsOf(matrix: FileMatrix, end: number, { signal }: Work): Promise<Uint32Array> {
  const counts = new Uint32Array(BINS);
  const width = (2 * end) / BINS || 1;
  for await (const { values } of piecesOf(matrix, 1, { signal, progress: () => {} })) {
    for (const value of values) {
      const bin = Math.max(0, Math.min(BINS - 1, Math.floor((value + end) / width)));
      counts[bin] = (counts[bin] as number) + 1;
    }
  }
  return counts;
}

/** Blocks of a matrix, each by its number that is furthest from 0. */
class Image {
  readonly blockRows: number;
  readonly #blockColumns: number;
  readonly #columns: number;
  readonly #width: number;
  readonly #values: Float32Array;

  constructor({ rows, columns }: FileMatrix) {
    this.blockRows = Math.ceil(rows / MOST_SIDE);
    this.#blockColumns = Math.ceil(columns / MOST_SIDE);
    this.#columns = columns;
    this.#width = Math.ceil(columns / this.#blockColumns);
    this.#values = new Float32Array(Math.ceil(rows / this.blockRows) * this.#width);
  }

  get picture(): Pick<MatrixImage, 'columns' | 'values' | 'blockRows' | 'blockColumns'> {
    return {
      columns: this.#width,
      values: this.#values,
      blockRows: this.blockRows,
      blockColumns: this.#blockColumns,
    };
  }

  add(first: number, values: Float32Array): void {
    for (let at = 0; at < values.length; at++) {
      const row = Math.floor((first + Math.floor(at / this.#columns)) / this.blockRows);
      const cell = row * this.#width + Math.floor((at % this.#columns) / this.#blockColumns);
      const value = values[at] as number;
      if (Math.abs(value) > Math.abs(this.#values[cell] as number)) this.#values[cell] = value;
    }
  }
}
