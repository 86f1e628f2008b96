import type { Work } from '../../shared/progress';
import type { Indicator } from '../../shared/undertrained-api';
import { dot, topEigenvector } from '../directions/principal-component';
import type { Matrix } from './matrix';

/** What the product of two lengths is at least, as in magikarp: rows of zeros are at a distance of 1. */
const LEAST = 1e-6;
/** Steps to the first principal component of the rows: each reads the matrix once. */
const STEPS = 24;

/** The length of every row. */
export async function rowNorms(matrix: Matrix, work: Work): Promise<Float32Array> {
  const norms = new Float32Array(matrix.rows);
  await matrix.each(work, (row, index) => (norms[index] = Math.sqrt(dot(row, row))));
  return norms;
}

/** The cosine distance of every row to the mean row of some, `1 - dot / max(lengths, 1e-6)`. */
export async function cosineDistances(
  matrix: Matrix,
  unused: Uint32Array,
  indicator: Exclude<Indicator, 'inputNorm'>,
  work: Work,
): Promise<Float32Array> {
  const change = await CHANGES[indicator](matrix, work);
  const reference = change(matrix.meanOf(unused));
  const length = Math.sqrt(dot(reference, reference));
  const distances = new Float32Array(matrix.rows);
  await matrix.each(work, (row, index) => {
    const changed = change(row);
    const lengths = Math.sqrt(dot(changed, changed)) * length;
    distances[index] = 1 - dot(changed, reference) / Math.max(lengths, LEAST);
  });
  return distances;
}

type Vector = Float32Array | Float64Array;

/** What is done to rows before they are compared. */
const CHANGES: Record<
  Exclude<Indicator, 'inputNorm'>,
  (matrix: Matrix, work: Work) => Promise<(row: Vector) => Vector>
> = {
  cosine: async () => (row) => row,

  cosineWithoutMean: async (matrix, work) => {
    const mean = await meanRow(matrix, work);
    const room = new Float64Array(matrix.width);
    return (row) => (row instanceof Float32Array ? minus(row, mean, 1, room) : minus(row, mean, 1));
  },

  cosineWithoutComponent: async (matrix, work) => {
    const component = await firstComponent(matrix, work);
    const room = new Float64Array(matrix.width);
    return (row) =>
      minus(row, component, dot(row, component), row instanceof Float32Array ? room : new Float64Array(matrix.width));
  },
};

function minus(row: Vector, other: Float64Array, times: number, into = new Float64Array(row.length)): Float64Array {
  for (let i = 0; i < row.length; i++) into[i] = (row[i] as number) - times * (other[i] as number);
  return into;
}

async function meanRow(matrix: Matrix, work: Work): Promise<Float64Array> {
  const sum = new Float64Array(matrix.width);
  await matrix.each(work, (row) => addTo(sum, row, 1 / matrix.rows));
  return sum;
}

/** The first principal component of the rows, as scikit-learn's `PCA(n_components=1)` has it but for its sign. */
async function firstComponent(matrix: Matrix, work: Work): Promise<Float64Array> {
  const mean = await meanRow(matrix, work);
  const scatter = async (direction: Float64Array) => {
    const product = new Float64Array(matrix.width);
    const shift = dot(mean, direction);
    await matrix.each(work, (row) => addTo(product, row, dot(row, direction) - shift));
    return product;
  };
  return topEigenvector(matrix.width, scatter, STEPS);
}

function addTo(sum: Float64Array, row: Float32Array, times: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (row[i] as number) * times;
}
