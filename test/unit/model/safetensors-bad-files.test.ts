import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safetensorsOf } from '../../../src/model/huggingface/safetensors';
import { VitrineError } from '../../../src/shared/errors';
import { atOnce } from '../../../src/tokenizer/slices';
import { sourceOf } from '../../support/gguf-fixtures';
import { withHeader, writeSafetensors, zeros } from '../../support/write-safetensors';

const read = (bytes: Uint8Array, size?: number) => atOnce(safetensorsOf(sourceOf(bytes, size)));

/** A file of one tensor of four numbers, but for what is given. */
const oneTensor = (fields: object, dataBytes = 16) =>
  withHeader(
    JSON.stringify({ x: { dtype: 'F32', shape: [4], data_offsets: [0, 16], ...fields } }),
    Buffer.alloc(dataBytes),
  );
const twoTensors = (second: [number, number], dataBytes = 32) => {
  const shape = [(second[1] - second[0]) / 4];
  const x = { dtype: 'F32', shape: [4], data_offsets: [0, 16] };
  return withHeader(JSON.stringify({ x, y: { dtype: 'F32', shape, data_offsets: second } }), Buffer.alloc(dataBytes));
};
function claiming(length: bigint): Buffer {
  const bytes = Buffer.alloc(64);
  bytes.writeBigUInt64LE(length);
  return bytes;
}

describe('a safetensors header that cannot be true is refused', () => {
  test.each<[string, Uint8Array, string]>([
    ['no bytes', Buffer.alloc(0), 'safetensors.header'],
    ['a header beyond the end', claiming(57n), 'safetensors.header'],
    ['a header of 2^64 - 1 bytes', claiming(2n ** 64n - 1n), 'safetensors.header'],
    ['an empty header', withHeader(''), 'safetensors.header'],
    ['a header that is no JSON', withHeader('{"x"'), 'safetensors.header'],
    ['a header that is no UTF-8', withHeader(Uint8Array.of(0x7b, 0xff, 0x7d)), 'safetensors.header'],
    ['a header that is a list', withHeader('[]'), 'safetensors.header'],
    ['lists 100,000 deep', withHeader(`{"x":${'['.repeat(100_000)}`), 'safetensors.header'],
    ['a tensor twice', withHeader('{"x":{},"x":{}}'), 'safetensors.header'],
    ['a tensor that is a number', withHeader('{"x":1}'), 'safetensors.tensor'],
    ['a name with an escape sequence', withHeader('{"\\u001b[2J":{}}'), 'safetensors.tensor'],
    ['an empty name', withHeader('{"":{}}'), 'safetensors.tensor'],
    ['a name of 257 characters', withHeader(`{"${'x'.repeat(257)}":{}}`), 'safetensors.tensor'],
    ['a field that is not defined', oneTensor({ strides: [1] }), 'safetensors.tensor'],
    ['an unknown type', oneTensor({ dtype: 'F12' }), 'safetensors.tensor'],
    ["a type called as an object's own", oneTensor({ dtype: 'toString' }), 'safetensors.tensor'],
    ['a negative dimension', oneTensor({ shape: [-4] }), 'safetensors.tensor'],
    ['a fractional dimension', oneTensor({ shape: [4.5] }), 'safetensors.tensor'],
    ['a dimension past 2^53', oneTensor({ shape: [2 ** 60] }), 'safetensors.tensor'],
    ['nine dimensions', oneTensor({ shape: [4, 1, 1, 1, 1, 1, 1, 1, 1] }), 'safetensors.tensor'],
    ['a product of dimensions past 2^64', oneTensor({ shape: [2 ** 52, 2 ** 52] }), 'safetensors.tensor'],
    ['a shape that the offsets contradict', oneTensor({ shape: [5] }), 'safetensors.tensor'],
    ['one offset', oneTensor({ data_offsets: [16] }), 'safetensors.tensor'],
    ['negative offsets', oneTensor({ data_offsets: [-16, 0] }), 'safetensors.tensor'],
    ['fractional offsets', oneTensor({ data_offsets: [0.5, 16.5] }), 'safetensors.tensor'],
    ['huge offsets', oneTensor({ data_offsets: [2 ** 52, 2 ** 52 + 16] }), 'safetensors.tensor'],
    ['offsets that run backwards', oneTensor({ data_offsets: [16, 0] }), 'safetensors.tensor'],
    ['a tensor past the end', oneTensor({}, 15), 'safetensors.tensor'],
    ['bytes after the last tensor', oneTensor({}, 17), 'safetensors.tensor'],
    ['two tensors in one place', twoTensors([0, 16]), 'safetensors.tensor'],
    ['two tensors that share bytes', twoTensors([12, 32]), 'safetensors.tensor'],
    ['a gap', twoTensors([20, 32]), 'safetensors.tensor'],
  ])('%s', (_, bytes, code) => {
    expect(() => read(bytes)).toThrow(expect.objectContaining({ code, name: 'VitrineError' }));
  });

  test('a header of more than 100 MB, though the file is large enough, without being read', () => {
    const source = {
      ...sourceOf(claiming(100_000_001n), 2 ** 40),
      read: (_: number, length: number) => claiming(100_000_001n).subarray(0, length),
    };
    expect(() => atOnce(safetensorsOf(source))).toThrow(expect.objectContaining({ code: 'safetensors.header' }));
  });
});

test('a file with some bytes changed, or cut off, is read or refused in a sentence', () => {
  const whole = writeSafetensors({ norm: zeros(4), matrix: zeros(2, 4), number: zeros() });
  const change = fc.record({ at: fc.nat(whole.length - 1), byte: fc.nat(255) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 4 }), fc.nat(whole.length), (changes, length) => {
      const bytes = Buffer.from(whole);
      for (const { at, byte } of changes) bytes[at] = byte;
      for (const damaged of [bytes, bytes.subarray(0, length)]) {
        try {
          for (const { offset, byteLength } of read(damaged))
            expect(offset + byteLength).toBeLessThanOrEqual(damaged.length);
        } catch (error) {
          expect(error).toBeInstanceOf(VitrineError);
        }
      }
    }),
    { numRuns: 2000 },
  );
});

test('tensors called __proto__ and constructor are tensors', () => {
  const file = writeSafetensors({ ['__proto__']: zeros(2), constructor: zeros(3) });
  expect(read(file).map(({ name, shape }) => [name, shape])).toEqual([
    ['__proto__', [2]],
    ['constructor', [3]],
  ]);
});

test('a file may hold an empty tensor, a number without dimensions, and notes', () => {
  const header = {
    __metadata__: { format: 'pt' },
    empty: { dtype: 'F32', shape: [0, 8], data_offsets: [0, 0] },
    number: { dtype: 'F32', shape: [], data_offsets: [0, 4] },
  };
  expect(read(withHeader(JSON.stringify(header), Buffer.alloc(4)))).toHaveLength(2);
});
