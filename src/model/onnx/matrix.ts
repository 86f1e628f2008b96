import { type PackedMatrix, packedLinear } from '../packed/packed-linear';
import type { Graph, Value } from './graph';
import { add, concat } from './operations';

/** A weight that a product reads, [out, in], whole or some rows after others. How it is stored is a matter of `linear` alone. */
export type Matrix = { value: Value } | PackedMatrix | { rows: PackedMatrix[] };

/** x · wᵀ + b: [T, in], [out, in] and, where there is one, [out] → [T, out]. */
export function linear(g: Graph, x: Value, matrix: Matrix, bias?: Value): Value {
  if ('value' in matrix) {
    const inputs = bias === undefined ? [x, matrix.value] : [x, matrix.value, bias];
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
  return bias === undefined ? product : add(g, product, bias);
}
