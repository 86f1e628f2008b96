import { createHash } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import { StoredTensor } from '../../../src/model/checkpoint/stored-tensor';
import type { GgufFile, GgufTensor } from '../../../src/model/gguf/reader';
import { dequantize } from '../../../src/model/tensors/dequantize';
import { closeGguf, openGguf, readGguf, readTensor } from '../../support/gguf-file';
import { embeddedModel, ggufFixture, readModelFixture, sourceOf } from '../../support/gguf-fixtures';
import { type WritableTensor, type WritableValue, writeGguf } from '../../support/write-gguf';

function tensorOf(file: GgufFile, name: string): GgufTensor {
  const tensor = file.tensors.get(name);
  if (tensor === undefined) {
    throw new Error(`no tensor ${name}`);
  }
  return tensor;
}

describe('the embedded model', () => {
  const file = openGguf(embeddedModel);
  const expected = readModelFixture();
  afterAll(() => closeGguf(file));

  test('has the metadata that Python reads', () => {
    for (const [key, value] of Object.entries(expected.metadata)) {
      const kind = typeof value as 'number' | 'boolean' | 'string';
      expect(file.metadata[kind](key), key).toBe(value);
    }
  });

  test.each(Object.entries(expected.sha256OfTexts))('has the texts of %s', (key, sum) => {
    expect(createHash('sha256').update(file.metadata.strings(key).join('\0')).digest('hex')).toBe(sum);
  });

  test('has the tensors that Python reads', () => {
    expect(
      [...file.tensors.values()].map(({ name, type, shape, offset, byteLength }) => [
        name,
        type,
        shape,
        offset,
        byteLength,
      ]),
    ).toEqual(expected.tensors);
  });
});

describe('a file with every type of value, written by Python', () => {
  const file = openGguf(ggufFixture('every-value.gguf'));
  const { metadata } = file;
  afterAll(() => closeGguf(file));

  test.each([
    ['scalar.u8', 2 ** 8 - 1],
    ['scalar.i8', -(2 ** 7)],
    ['scalar.u16', 2 ** 16 - 1],
    ['scalar.i16', -(2 ** 15)],
    ['scalar.u32', 2 ** 32 - 1],
    ['scalar.i32', -(2 ** 31)],
    ['scalar.u64', Number.MAX_SAFE_INTEGER],
    ['scalar.i64', Number.MIN_SAFE_INTEGER],
    ['scalar.f32', 1.5],
    ['scalar.f64', 0.1],
  ])('%s', (key, value) => {
    expect(metadata.number(key)).toBe(value);
  });

  test('booleans and texts', () => {
    expect(metadata.boolean('scalar.true')).toBe(true);
    expect(metadata.boolean('scalar.false')).toBe(false);
    expect(metadata.string('scalar.text')).toBe('El ratón 🐭');
    expect(metadata.strings('array.texts')).toEqual(['', 'ratón', '🐭']);
  });

  test.each([
    ['array.i32', Int32Array.of(-1, 2)],
    ['array.u64', Float64Array.of(1, Number.MAX_SAFE_INTEGER)],
    ['array.f32', Float32Array.of(0.5, -2.25)],
    ['array.u8', Uint8Array.of(0, 255)],
  ])('%s', (key, values) => {
    expect(metadata.numbers(key)).toEqual(values);
  });

  test('tensors lie where the alignment of 64 puts them', () => {
    expect(readTensor(file, tensorOf(file, 'vector'))).toEqual(Buffer.from(Float32Array.of(1, 2, 3).buffer));
    expect(tensorOf(file, 'matrix')).toMatchObject({ type: 'F16', shape: [2, 3], elementCount: 6, byteLength: 12 });
    expect(tensorOf(file, 'blocks')).toMatchObject({ type: 'Q8_0', shape: [3, 32], byteLength: 102 });
  });

  test('rows are a piece of their tensor', () => {
    const tensor = tensorOf(file, 'blocks');
    const stored = new StoredTensor(file.source, tensor);
    const whole = readTensor(file, tensor);
    const weights = new Float32Array(96);
    dequantize('Q8_0', whole, weights);
    expect(stored.blocks(1, 2)).toEqual(whole.subarray(34));
    expect(stored.rows(1, 2)).toEqual(weights.subarray(32));
    expect(stored.blocks(3, 0)).toHaveLength(0);
    for (const [first, count] of [
      [2, 2],
      [-1, 1],
      [1, -1],
    ] as const) {
      expect(() => stored.rows(first, count)).toThrow(RangeError);
    }
  });

  test.each([
    ['absent', () => metadata.number('no.such.key'), 'gguf.keyMissing', 'no.such.key'],
    ['a text', () => metadata.number('scalar.text'), 'gguf.keyType', 'a text instead of a number'],
    ['an inexact integer', () => metadata.number('scalar.u64Large'), 'gguf.keyType', '18446744073709551615'],
    ['inexact integers', () => metadata.numbers('array.u64Large'), 'gguf.keyType', 'array.u64Large'],
    ['numbers', () => metadata.strings('array.i32'), 'gguf.keyType', 'a list of texts'],
    ['texts', () => metadata.optionalNumbers('array.texts'), 'gguf.keyType', 'a list of numbers'],
    ['a number', () => metadata.optionalBoolean('scalar.u8'), 'gguf.keyType', '255 instead of true or false'],
    ['a boolean', () => metadata.optionalString('scalar.true'), 'gguf.keyType', 'true instead of a text'],
  ])('a value that is %s is refused by name', (_, get, code, sentence) => {
    expect(get).toThrow(expect.objectContaining({ code, message: expect.stringContaining(sentence) }));
  });

  test('an optional value may be absent', () => {
    expect(metadata.optionalNumber('no.such.key')).toBeUndefined();
    expect(metadata.optionalStrings('no.such.key')).toBeUndefined();
  });
});

describe('what the writer of the tests wrote', () => {
  test.each([2, 3])('version %d', (version) => {
    const metadata: Record<string, WritableValue> = {
      'general.alignment': 8,
      flags: [true, false],
      texts: ['a', 'b'],
      large: 2n ** 53n,
    };
    const data = Float32Array.of(1, 2, 3, 4, 5, 6);
    const tensors: WritableTensor[] = [
      { name: 'first', type: 'F32', shape: [1], data: Float32Array.of(7) },
      { name: 'second', type: 'F32', shape: [3, 2], data },
    ];
    const file = readGguf(sourceOf(writeGguf({ version, metadata, tensors })));
    expect(file.version).toBe(version);
    expect(file.metadata.keys()).toEqual(Object.keys(metadata));
    expect(new Float32Array(Uint8Array.from(readTensor(file, tensorOf(file, 'second'))).buffer)).toEqual(data);
  });

  test('is read alike wherever the window of 1 MiB on the file ends', () => {
    const metadata = { number: 7, large: 2n ** 40n, flag: true, text: 'ratón', texts: ['a', ''], flags: [true, false] };
    const tensors: WritableTensor[] = [{ name: 'x', type: 'F32', shape: [1], data: Float32Array.of(7) }];
    for (let before = 0; before < 300; before++) {
      const file = readGguf(
        sourceOf(writeGguf({ metadata: { padding: 'x'.repeat(2 ** 20 - before), ...metadata }, tensors })),
      );
      expect(file.metadata.number('number')).toBe(7);
      expect(file.metadata.number('large')).toBe(2 ** 40);
      expect(file.metadata.boolean('flag')).toBe(true);
      expect(file.metadata.string('text')).toBe('ratón');
      expect(file.metadata.strings('texts')).toEqual(['a', '']);
      expect(tensorOf(file, 'x')).toMatchObject({ type: 'F32', shape: [1] });
    }
  });

  test('text that is not UTF-8 has U+FFFD in its place', () => {
    const bytes = Buffer.from(writeGguf({ metadata: { texts: ['ab'] } }));
    bytes[bytes.indexOf('ab')] = 0xff;
    expect(readGguf(sourceOf(bytes)).metadata.strings('texts')).toEqual(['\ufffdb']);
  });
});
