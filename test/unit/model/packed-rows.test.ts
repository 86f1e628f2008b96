import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packedLayout } from '../../../src/model/packed/layout';
import { packRows } from '../../../src/model/packed/pack-rows';
import { isPackedType, PACKED_TYPES, type PackedType, packedFormOf } from '../../../src/model/packed/packed-form';
import { unpackRows } from '../../../src/model/packed/unpack-rows';
import { TENSOR_TYPES, type TensorType } from '../../../src/model/tensors/tensor-types';
import { largestDifference } from '../../support/compare';
import { ggufFixture } from '../../support/gguf-fixtures';
import { dequantized, randomBlocks, randomWords } from '../../support/packed-matrices';

const cases: { type: TensorType; bytes: string; weights: string }[] = JSON.parse(
  readFileSync(ggufFixture('blocks.json'), 'utf8'),
);

describe("packed weights are those that Python's gguf reads", () => {
  test.each(cases.filter(({ type }) => isPackedType(type)))('$type', ({ type, bytes, weights }) => {
    const expected = new Float32Array(Uint8Array.from(Buffer.from(weights, 'base64')).buffer);
    expectEqual(type as PackedType, Buffer.from(bytes, 'base64'), expected);
  });
});

describe('packed weights are those of the file, whatever they are', () => {
  test.each(PACKED_TYPES)('%s', (type) => {
    const weights = TENSOR_TYPES[type].blockElements * 3;
    // Every finite float16: subnormal ones, zeros of both signs and negative ones are among them.
    const float16Scale = (random: number) => ((random & 0x7c00) === 0x7c00 ? random & 0x83ff : random & 0xffff);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 - 1 }), (seed) => {
        const blocks = randomBlocks(type, weights, { next: randomWords(seed), float16Scale });
        expectEqual(type, blocks, dequantized(type, blocks, weights));
      }),
    );
  });
});

test.each(PACKED_TYPES)('%s: a factor multiplies every weight', (type) => {
  const weights = 1024;
  const blocks = randomBlocks(type, weights);
  const whole = dequantized(type, blocks, weights);
  const scaled = new Float32Array(weights);
  unpackRows(type, packRows(type, blocks, weights, 0.3), scaled);
  const largest = whole.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const expected = whole.map((weight) => weight * 0.3);
  expect(largestDifference(scaled, expected)).toBeLessThan(2e-7 * largest);
});

test.each(PACKED_TYPES)('%s: rows are as long as the layout says, and each may be packed by itself', (type) => {
  const [rows, columns] = [3, 512] as const;
  const blocks = randomBlocks(type, rows * columns);
  const all = packRows(type, blocks, rows * columns);
  const rowBytes = blocks.length / rows;
  const second = packRows(type, blocks.subarray(rowBytes, 2 * rowBytes), columns);
  const layout = packedLayout(type, [rows, columns]);
  expect(Object.keys(all).sort()).toEqual(layout.map(({ name }) => name).sort());
  for (const { name, byteLength, shape } of layout) {
    const array = all[name] as Uint8Array;
    expect(array.byteLength).toBe(byteLength);
    expect(array.length).toBe(shape.reduce((product, size) => product * size, 1));
    expect(second[name]).toEqual(array.slice(array.length / 3, (array.length / 3) * 2));
  }
});

/** Bit for bit; with minima, which are rounded once more, to half a unit in the last place of the block's. */
function expectEqual(type: PackedType, blocks: Uint8Array, expected: Float32Array): void {
  const packed = packRows(type, blocks, expected.length);
  const actual = new Float32Array(expected.length);
  unpackRows(type, packed, actual);
  const { minima } = packed;
  if (!minima) {
    expect(bitsOf(actual)).toEqual(bitsOf(expected));
    return;
  }
  const { blockSize } = packedFormOf(type);
  const wrong = expected.findIndex((weight, i) => {
    const minimum = minima[Math.floor(i / blockSize)] as number;
    // Half a unit of the minimum, and half a unit of either weight: each was rounded to float32.
    const tolerance = (Math.abs(minimum) + 2 * Math.abs(weight)) * 2 ** -24;
    return Number.isFinite(minimum) && !(Math.abs((actual[i] as number) - weight) <= tolerance);
  });
  expect(wrong).toBe(-1);
}

/** Tells -0 from 0; every NaN is the same. */
function bitsOf(weights: Float32Array): Uint32Array {
  return new Uint32Array(weights.map((weight) => (Number.isNaN(weight) ? Number.NaN : weight)).buffer);
}
