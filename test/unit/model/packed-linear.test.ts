import { describe, expect, test } from 'vitest';
import { Graph, type Value } from '../../../src/model/onnx/graph';
import { PACKED_TYPES } from '../../../src/model/packed/packed-form';
import { packedLinear } from '../../../src/model/packed/packed-linear';
import { TENSOR_TYPES } from '../../../src/model/tensors/tensor-types';
import {
  dequantized,
  exactProduct,
  packedProduct,
  randomBlocks,
  randomInputs,
  relativeError,
} from '../../support/packed-matrices';

/** Rows and columns: one row, columns that are no multiple of 256, as many rows as a vocabulary has. */
const SHAPES = [
  [1, 32],
  [48, 576],
  [5, 288],
  [7, 256],
  [49152, 256],
  [64, 2048],
] as const;

describe('a product by a packed matrix is that by its weights', () => {
  for (const type of PACKED_TYPES) {
    const shapes = SHAPES.filter(([rows, columns]) => {
      return columns % TENSOR_TYPES[type].blockElements === 0 && (rows < 1000 || type === 'Q6_K');
    });
    test.each(shapes)(`${type}, %i x %i`, async (rows, columns) => {
      const blocks = randomBlocks(type, rows * columns);
      const weights = dequantized(type, blocks, rows * columns);
      // One position, a few and many are multiplied in different ways.
      for (const positions of [1, 5, 19]) {
        const x = randomInputs(positions * columns);
        const product = await packedProduct(type, [rows, columns], blocks, x);
        expect(relativeError(product, exactProduct(weights, x, rows, columns))).toBeLessThan(1e-5);
      }
    });
  }
});

describe('extreme scales', () => {
  const scales = {
    subnormal: () => 0x0001,
    'negative and large': () => 0xf000,
    zero: () => 0,
    'of very different sizes': (random: number) => (random & 0x83ff) | ((random & 3) << 12),
  };
  for (const [name, float16Scale] of Object.entries(scales)) {
    test.each(PACKED_TYPES)(`${name}: %s`, async (type) => {
      const [rows, columns] = [16, 512] as const;
      const blocks = randomBlocks(type, rows * columns, { float16Scale });
      const weights = dequantized(type, blocks, rows * columns);
      const x = randomInputs(4 * columns);
      const product = await packedProduct(type, [rows, columns], blocks, x);
      const exact = exactProduct(weights, x, rows, columns);
      if (name === 'zero' && type !== 'MXFP4') expect(product.every((value) => value === 0)).toBe(true);
      else expect(relativeError(product, exact)).toBeLessThan(1e-5);
    });
  }
});

test('what several matrices need of one input is computed once', () => {
  const g = new Graph('test');
  const x = g.input('x', 'float32', ['T', 256]);
  for (const name of ['query', 'key', 'value']) {
    packedLinear(g, x, { type: 'Q4_K', shape: [64, 256], part: (part) => `${name}.${part}` as Value });
  }
  const count = (operator: string) => g.nodes.filter((node) => node.operator === operator).length;
  expect({ products: count('MatMulNBits'), sums: count('ReduceSum') }).toEqual({ products: 3, sums: 1 });
});
