import type { Graph, Value } from '../onnx/graph';
import { addAxis, concat, multiply, reshape, sum } from '../onnx/operations';
import type { PackedPartName } from './layout';
import { type PackedType, packedFormOf } from './packed-form';

/** A packed matrix in a graph. */
export interface PackedMatrix {
  type: PackedType;
  shape: readonly [rows: number, columns: number];
  /** An array of its layout, with the shape that the layout gives it. */
  part(name: PackedPartName): Value;
}

/**
 * x · wᵀ: [T, in], packed [out, in] → [T, out], in float32 to about 1e-5 of the result's standard deviation: of a Gemm's
 * 2e-6, because the runtime's product by 4 bits adds up a row in one sum. See docs/ContribOperators.md, MatMulNBits, in
 * onnxruntime's repository.
 */
export function packedLinear(g: Graph, x: Value, { type, shape, part }: PackedMatrix): Value {
  const form = packedFormOf(type);
  const [rows, columns] = shape;
  // A byte of 8 bits is two codes of 4, so that a row has twice as many.
  const codes = form.codeBits / 4;
  const product = g.node('MatMulNBits', [codes === 1 ? x : halvesOf(g, x, columns), part('codes'), part('scales')], {
    domain: 'com.microsoft',
    attributes: {
      K: { int: columns * codes },
      N: { int: rows },
      bits: { int: 4 },
      block_size: { int: form.blockSize * codes },
      // Float32 throughout: the runtime's fastest way, 4, would round x to 8 bits.
      accuracy_level: { int: 1 },
    },
  });
  // Within a block, what is added to all weights is added to the result times the sum of x.
  const sums = () => blockSums(g, x, form.blockSize, columns);
  if (form.hasMinima) return addProduct(g, product, sums(), part('minima'), 1);
  return form.codeOffset === 0 ? product : addProduct(g, product, sums(), part('scales'), form.codeOffset);
}

/** Every x for the lower half of a code, and 16 times as much for the upper: [T, in] → [T, 2 in]. */
function halvesOf(g: Graph, x: Value, columns: number): Value {
  return g.shared(`halves of ${x}`, () => {
    const one = addAxis(g, x, 2);
    const pairs = concat(g, [one, multiply(g, one, g.constant('float32', [16], []))], 2);
    return reshape(g, pairs, [0, columns * 2]);
  });
}

/** The sum of every block of a row, computed once for all matrices that take `x`: [T, in] → [T, in / blockSize]. */
function blockSums(g: Graph, x: Value, blockSize: number, columns: number): Value {
  return g.shared(`sums of ${blockSize} of ${x}`, () => sum(g, reshape(g, x, [0, columns / blockSize, blockSize]), 2));
}

/** product + factor · x · wᵀ. */
function addProduct(g: Graph, product: Value, x: Value, weight: Value, factor: number): Value {
  return g.node('Gemm', [x, weight, product], { attributes: { transB: { int: 1 }, alpha: { float: factor } } });
}
