import type { Graph, Value } from './graph';

/** A weight that a product reads, [out, in]. How it is stored is a matter of `linear` alone. */
export interface Matrix {
  value: Value;
}

/** x · wᵀ + b: [T, in], [out, in] and, where there is one, [out] → [T, out]. */
export const linear = (g: Graph, x: Value, { value }: Matrix, bias?: Value): Value =>
  g.node('Gemm', bias === undefined ? [x, value] : [x, value, bias], { attributes: { transB: { int: 1 } } });
