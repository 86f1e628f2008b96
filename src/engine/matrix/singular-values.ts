import { setImmediate } from 'node:timers/promises';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { MOST_SINGULAR_VALUES } from '../../shared/anatomy-api';
import { sentence, VitrineError } from '../../shared/errors';
import type { Work } from '../../shared/progress';
import { type FileMatrix, piecesOf } from './file-matrix';

/** Vectors between whose products a request to cancel gets in. */
const VECTORS_AT_A_TIME = 32;

/**
 * Singular values of a matrix, the largest first: the roots of the eigenvalues of its smaller matrix of products (M·Mᵀ or
 * Mᵀ·M, in float64), which are good to 1e-8 of the largest.
 *
 * @throws VitrineError `request.range` of a matrix that is too large
 */
export async function singularValues(matrix: FileMatrix, work: Work): Promise<Float32Array> {
  const { rows, columns } = matrix;
  const size = Math.min(rows, columns);
  if (size > MOST_SINGULAR_VALUES) {
    throw new VitrineError(
      'request.range',
      sentence`Singular values are computed of matrices of at most ${MOST_SINGULAR_VALUES} rows or columns, and this one is ${rows} × ${columns}.`,
    );
  }
  const products = await productsOf(await vectorsOf(matrix, work), work);
  const { realEigenvalues } = new EigenvalueDecomposition(products, { assumeSymmetric: true });
  return Float32Array.from(realEigenvalues, (value) => Math.sqrt(Math.max(0, value)))
    .sort()
    .reverse();
}

/** The rows or the columns of a matrix, whichever are fewer. */
async function vectorsOf(matrix: FileMatrix, { signal }: Work): Promise<Float64Array[]> {
  const { rows, columns } = matrix;
  const isWide = rows <= columns;
  const vectors = Array.from({ length: Math.min(rows, columns) }, () => new Float64Array(Math.max(rows, columns)));
  for await (const { first, values } of piecesOf(matrix, 1, { signal, progress: () => {} })) {
    for (let at = 0; at < values.length; at++) {
      const row = first + Math.floor(at / columns);
      const column = at % columns;
      const [vector, place] = isWide ? [row, column] : [column, row];
      (vectors[vector] as Float64Array)[place] = values[at] as number;
    }
  }
  return vectors;
}

/** Of every vector with every other. */
async function productsOf(vectors: readonly Float64Array[], { signal, progress }: Work): Promise<Matrix> {
  const size = vectors.length;
  const products = Array.from({ length: size }, () => new Float64Array(size));
  for (const [i, one] of vectors.entries()) {
    if (i % VECTORS_AT_A_TIME === 0) {
      progress(i, size);
      await setImmediate();
      signal.throwIfAborted();
    }
    for (let j = 0; j <= i; j++) {
      const product = dot(one, vectors[j] as Float64Array);
      (products[i] as Float64Array)[j] = product;
      (products[j] as Float64Array)[i] = product;
    }
  }
  return new Matrix(products);
}

/** Of the one type of arrays that it is fast for. */
function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number);
  return sum;
}
