import type { Graph, Value } from '../onnx/graph';
import { add, addAxis, concat, dimension, multiply, products, reshape, sum } from '../onnx/operations';
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
 * x · wᵀ in float32: [T, in], packed [out, in] → [T, out].
 *
 * By codes of 8 bits, one row of x is multiplied by both halves of them; for several it takes no longer to expand the
 * matrix, half as long for many, and is as exact as a Gemm.
 */
export function packedLinear(g: Graph, x: Value, matrix: PackedMatrix): Value {
  const { codeBits, hasMinima } = packedFormOf(matrix.type);
  const product = codeBits === 4 ? productBy4Bits(g, x, matrix) : productBy8Bits(g, x, matrix);
  return hasMinima ? addProduct(g, product, x, matrix, 'minima', 1) : product;
}

function productBy8Bits(g: Graph, x: Value, matrix: PackedMatrix): Value {
  const [rows, columns] = matrix.shape;
  const { codeOffset } = packedFormOf(matrix.type);
  const count = g.shared(`rows of ${x}`, () => dimension(g, x, 0));
  const isOneRow = g.shared(`is ${x} one row`, () => g.node('Less', [count, g.constant('int64', [2])]));
  return g.either(
    isOneRow,
    [`${x}.0`, rows],
    (branch) => {
      const product = productBy4Bits(branch, halvesOf(branch, x, columns), matrix);
      return codeOffset === 0 ? product : addProduct(branch, product, x, matrix, 'scales', codeOffset);
    },
    (branch) => products(branch, x, expanded(branch, matrix, count)),
  );
}

/**
 * For several rows of x the runtime adds up a row of codes in one sum: the error is about 1e-5 of the result's standard
 * deviation, where a Gemm's is 2e-6. To expand these codes, too, takes 1.4 to 1.7 times the processor time (128 and 256 rows
 * of x, 4,096 to 14,336 columns). docs/ContribOperators.md in onnxruntime's repository, MatMulNBits.
 */
function productBy4Bits(g: Graph, x: Value, { type, shape, part }: PackedMatrix): Value {
  const { codeBits, blockSize } = packedFormOf(type);
  const [rows, columns] = shape;
  const codes = codeBits / 4;
  return g.node('MatMulNBits', [x, part('codes'), part('scales')], {
    domain: 'com.microsoft',
    attributes: {
      K: { int: columns * codes },
      N: { int: rows },
      bits: { int: 4 },
      block_size: { int: blockSize * codes },
      // Float32 throughout: the runtime's fastest way, 4, would round x to 8 bits.
      accuracy_level: { int: 1 },
    },
  });
}

/**
 * scale · code of every 8-bit code: [out, in]. A block is a channel of the operator, which has a faster way for those.
 *
 * @param count int64 [1], any value of the run: see `laterShape`.
 */
function expanded(g: Graph, { type, shape, part }: PackedMatrix, count: Value): Value {
  const { blockSize, codeOffset } = packedFormOf(type);
  const [rows, columns] = shape;
  const blocks = (rows * columns) / blockSize;
  const codes = reshape(g, part('codes'), laterShape(g, [blocks, blockSize], count));
  const scales = reshape(g, part('scales'), laterShape(g, [blocks], count));
  const zeroPoint = g.constant('uint8', [136 - codeOffset]);
  const zeroPoints = g.node('Expand', [zeroPoint, laterShape(g, [blocks], count)]);
  const values = g.node('DequantizeLinear', [codes, scales, zeroPoints], { attributes: { axis: { int: 0 } } });
  return reshape(g, values, [rows, columns]);
}

/** A shape that is known only in a run: of a weight that it could reshape before, the runtime would keep a copy. */
function laterShape(g: Graph, shape: readonly number[], count: Value): Value {
  return add(g, g.constant('int64', shape), multiply(g, count, g.constant('int64', [0])));
}

/** What is added to all weights of a block is added to the result times the block's sum of x: product + factor · sums · wᵀ. */
function addProduct(
  g: Graph,
  product: Value,
  x: Value,
  { type, shape, part }: PackedMatrix,
  name: 'scales' | 'minima',
  factor: number,
): Value {
  const sums = blockSums(g, x, packedFormOf(type).blockSize, shape[1]);
  return g.node('Gemm', [sums, part(name), product], {
    attributes: { transB: { int: 1 }, alpha: { float: factor } },
  });
}

/** Every x for the lower half of a code, and 16 times as much for the upper: [T, in] → [T, 2 in]. */
function halvesOf(g: Graph, x: Value, columns: number): Value {
  const one = addAxis(g, x, 2);
  const pairs = concat(g, [one, multiply(g, one, g.constant('float32', [16], []))], 2);
  return reshape(g, pairs, [0, columns * 2]);
}

/** The sum of every block of a row, computed once for all matrices that take `x`: [T, in] → [T, in / blockSize]. */
function blockSums(g: Graph, x: Value, blockSize: number, columns: number): Value {
  return g.shared(`sums of ${blockSize} of ${x}`, () => sum(g, reshape(g, x, [0, columns / blockSize, blockSize]), 2));
}
