import type { Graph, Value } from '../onnx/graph';
import { add, expand, multiply, reshape, sum } from '../onnx/operations';
import type { PackedPartName } from './layout';
import { type PackedForm, type PackedType, packedFormOf } from './packed-form';

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
export function packedLinear(g: Graph, x: Value, matrix: PackedMatrix): Value {
  const form = packedFormOf(matrix.type);
  const product = form.codeBits === 4 ? product4(g, x, matrix, form, 'codes') : product8(g, x, matrix, form);
  if (!form.hasMinima) return product;
  // Within a block, a minimum times x is the minimum times the sum of x.
  const sums = blockSums(g, x, form.blockSize, matrix.shape[1]);
  return g.node('Gemm', [sums, matrix.part('minima'), product], { attributes: { transB: { int: 1 } } });
}

/** 16 · (x · upper halves) + x · lower halves. */
function product8(g: Graph, x: Value, matrix: PackedMatrix, form: PackedForm): Value {
  const times16 = g.shared(`${x} * 16`, () => multiply(g, x, g.constant('float32', [16], [])));
  const [rows, columns] = matrix.shape;
  // Two 4-bit zero points in a byte; where there are none, the runtime takes 8.
  const zeros = [rows, Math.ceil(columns / form.blockSize / 2)];
  const zeroPoints =
    form.lowZeroPoint === 0
      ? [g.shared(`zeros ${zeros}`, () => expand(g, g.constant('uint8', [0], [1, 1]), zeros))]
      : [];
  return add(g, product4(g, times16, matrix, form, 'codes'), product4(g, x, matrix, form, 'lowCodes', zeroPoints));
}

function product4(
  g: Graph,
  x: Value,
  { shape: [rows, columns], part }: PackedMatrix,
  { blockSize }: PackedForm,
  codes: 'codes' | 'lowCodes',
  zeroPoints: Value[] = [],
): Value {
  return g.node('MatMulNBits', [x, part(codes), part('scales'), ...zeroPoints], {
    domain: 'com.microsoft',
    attributes: {
      K: { int: columns },
      N: { int: rows },
      bits: { int: 4 },
      block_size: { int: blockSize },
      // Float32 throughout: the runtime's fastest way, 4, would round x to 8 bits.
      accuracy_level: { int: 1 },
    },
  });
}

/** The sum of every block of a row, computed once for all matrices that take `x`: [T, in] → [T, in / blockSize]. */
function blockSums(g: Graph, x: Value, blockSize: number, columns: number): Value {
  return g.shared(`sums of ${blockSize} of ${x}`, () => sum(g, reshape(g, x, [0, columns / blockSize, blockSize]), 2));
}
