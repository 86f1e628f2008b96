import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dequantize } from '../../../src/model/tensors/dequantize';
import { TENSOR_TYPE_NAMES, type TensorType } from '../../../src/model/tensors/tensor-types';
import { closeGguf, openGguf, readTensor } from '../../support/gguf-file';
import { embeddedModel, ggufFixture, readModelFixture } from '../../support/gguf-fixtures';

const cases: { type: TensorType; bytes: string; weights: string }[] = JSON.parse(
  readFileSync(ggufFixture('blocks.json'), 'utf8'),
);

describe("weights equal those of Python's gguf, and of ml_dtypes, bit for bit", () => {
  test('every type that the reader accepts is among the cases', () => {
    expect(cases.map(({ type }) => type).sort()).toEqual([...TENSOR_TYPE_NAMES].sort());
  });

  test.each(cases)('$type', ({ type, bytes, weights }) => {
    const expected = new Float32Array(Uint8Array.from(Buffer.from(weights, 'base64')).buffer);
    const actual = new Float32Array(expected.length);
    dequantize(type, Buffer.from(bytes, 'base64'), actual);
    expect(bitsOf(actual)).toEqual(bitsOf(expected));
  });

  test('the whole embedded model', () => {
    const file = openGguf(embeddedModel);
    const sum = createHash('sha256');
    for (const tensor of file.tensors.values()) {
      const weights = new Float32Array(tensor.elementCount);
      dequantize(tensor.type, readTensor(file, tensor), weights);
      sum.update(weights);
    }
    closeGguf(file);
    expect(sum.digest('hex')).toBe(readModelFixture().sha256OfWeights);
  });
});

test('bytes that are not as many blocks as the weights ask for are refused', () => {
  expect(() => dequantize('Q4_1', new Uint8Array(39), new Float32Array(64))).toThrow(RangeError);
});

/** Tells -0 from 0; every NaN is the same. */
function bitsOf(weights: Float32Array): Uint32Array {
  return new Uint32Array(weights.map((weight) => (Number.isNaN(weight) ? Number.NaN : weight)).buffer);
}
