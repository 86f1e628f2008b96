import { type PackedMatrix, packedLinear } from '../packed/packed-linear';
import type { Graph, Value } from './graph';
import { add, concat, multiply, products } from './operations';

/** A weight that a product reads, [out, in], whole or some rows after others. How it is stored is a matter of `linear` alone. */
export type Matrix = ({ value: Value } | PackedMatrix | { rows: PackedMatrix[] }) & {
  added?: AddedProduct | undefined;
};

/** What is added to a matrix: gain · left · right, of which the product is never made. */
export interface AddedProduct {
  /** [out, rank] and [rank, in] */
  left: Value;
  right: Value;
  /** [1] */
  gain: Value;
}

/**
 * x · wᵀ + b: [T, in], [out, in] and, where there is one, [out] → [T, out].
 *
 * What is added to w comes first, so that the product with w itself only adds to it: with a gain of 0 that is bit for bit what
 * the matrix gives alone.
 */
export function linear(g: Graph, x: Value, matrix: Matrix, bias?: Value): Value {
  const before = matrix.added ? thinProduct(g, x, matrix.added, bias) : bias;
  if ('value' in matrix) {
    const inputs = before === undefined ? [x, matrix.value] : [x, matrix.value, before];
    return g.node('Gemm', inputs, { attributes: { transB: { int: 1 } } });
  }
  const product =
    'rows' in matrix
      ? concat(
          g,
          matrix.rows.map((rows) => packedLinear(g, x, rows)),
          1,
        )
      : packedLinear(g, x, matrix);
  return before === undefined ? product : add(g, product, before);
}

/** gain · (x · rightᵀ) · leftᵀ + b: [T, in] → [T, out]. */
function thinProduct(g: Graph, x: Value, { left, right, gain }: AddedProduct, bias: Value | undefined): Value {
  const inner = multiply(g, products(g, x, right), gain);
  return g.node('Gemm', bias === undefined ? [inner, left] : [inner, left, bias], {
    attributes: { transB: { int: 1 } },
  });
}

/** w + gain · left · right, where the matrix itself is read: [out, in]. */
export function summed(g: Graph, matrix: Value, { left, right, gain }: AddedProduct): Value {
  return g.node('Gemm', [multiply(g, left, gain), right, matrix]);
}
