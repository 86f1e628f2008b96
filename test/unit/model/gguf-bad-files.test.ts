import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openGguf, readGguf } from '../../support/gguf-file';
import { embeddedModel, ggufFixture, sourceOf } from '../../support/gguf-fixtures';
import { GgufBytes, type WritableTensor, writeGguf } from '../../support/write-gguf';

const MEBIBYTE = 2 ** 20;
const U8 = 0;
const F32 = 0;
const BOOLEAN = 7;
const STRING = 8;
const ARRAY = 9;
const IQ2_XXS = 16;

const folder = mkdtempSync(join(tmpdir(), 'vitrine-gguf-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

describe('a path that leads to no GGUF file is refused', () => {
  test.each([
    ['no such file', join(folder, 'nothing.gguf'), 'file.missing'],
    ['a file used as a directory', join(embeddedModel, 'x.gguf'), 'file.missing'],
    ['a directory', folder, 'file.folder'],
    ['an empty file', written('empty.gguf', Buffer.alloc(0)), 'gguf.notGguf'],
    ['a file of three bytes', written('short.gguf', Buffer.from('GGU')), 'gguf.notGguf'],
    ['a file of another kind', ggufFixture('model.json'), 'gguf.notGguf'],
    ['a file that ends after its version', written('cut.gguf', Buffer.from('GGUF\x03\0\0\0')), 'gguf.truncated'],
    ['a big-endian file', ggufFixture('big-endian.gguf'), 'gguf.bigEndian'],
  ])('%s', (_, path, code) => {
    expect(() => openGguf(path)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(path) }));
  });

  test.skipIf(process.platform === 'win32')('a device', () => {
    expect(() => openGguf('/dev/zero')).toThrow(expect.objectContaining({ code: 'file.notFile' }));
  });
});

/** Enough that what a header claims could follow. */
const rest = new Uint8Array(4096);

const oneTensor = (tensor: Partial<WritableTensor>) =>
  writeGguf({ tensors: [{ name: 'x', type: 'F32', shape: [8], data: new Float32Array(8), ...tensor }] });
const twoTensors = (second: Partial<WritableTensor>) => {
  const data = new Float32Array(16);
  return writeGguf({
    tensors: [
      { name: 'x', type: 'F32', shape: [16], data },
      { name: 'y', type: 'F32', shape: [16], data, ...second },
    ],
  });
};
const oneEntry = (entry: Partial<Parameters<GgufBytes['tensorEntry']>[0]>) =>
  GgufBytes.start({ tensorCount: 1 })
    .tensorEntry({ name: 'x', shape: [8], typeId: F32, ...entry })
    .bytes(rest);
const onePair = (key = 'key') => GgufBytes.start({ metadataCount: 1 }).string(key);
const oneArray = (typeId: number, count: number) => onePair().u32(ARRAY).u32(typeId).u64(count);

describe('a header that cannot be true is refused', () => {
  const badName = Buffer.from(writeGguf({ metadata: { key: 1 } }));
  badName[badName.indexOf('key')] = 0xff;

  const nestedArray = new GgufBytes().u32(ARRAY).u64(1).toBuffer();
  const nestedArrays = onePair()
    .u32(ARRAY)
    .bytes(Buffer.alloc(1_000_000 * nestedArray.length, nestedArray));

  test.each<[string, Uint8Array | GgufBytes, string]>([
    ['version 1', GgufBytes.start({ version: 1 }), 'gguf.version'],
    ['version 4', GgufBytes.start({ version: 4 }), 'gguf.version'],
    ['2^63 tensors', GgufBytes.start({ tensorCount: 2 ** 63 }), 'gguf.count'],
    ['2^63 keys', GgufBytes.start({ metadataCount: 2 ** 63 }), 'gguf.count'],
    ['more keys than fit', GgufBytes.start({ metadataCount: 400 }).bytes(rest), 'gguf.count'],
    ['more tensors than fit', GgufBytes.start({ tensorCount: 200 }).bytes(rest), 'gguf.count'],
    ['a key of 257 bytes', onePair('k'.repeat(257)).u32(U8).bytes(rest), 'gguf.count'],
    ['a key of 2^40 bytes', GgufBytes.start({ metadataCount: 1 }).u64(2 ** 40), 'gguf.count'],
    ['an empty key', onePair('').u32(U8).bytes(rest), 'gguf.name'],
    ['a key with an escape sequence', onePair('\x1b[2J').u32(U8).bytes(rest), 'gguf.name'],
    ['a key that is not UTF-8', badName, 'gguf.name'],
    ['a value of no known type', onePair().u32(13).bytes(rest), 'gguf.valueType'],
    ['a boolean of 2', onePair().u32(BOOLEAN).bytes(Uint8Array.of(2)), 'gguf.value'],
    [
      'a text of 2^63 bytes',
      onePair()
        .u32(STRING)
        .u64(2 ** 63),
      'gguf.count',
    ],
    ['an array of 2^63 texts', oneArray(STRING, 2 ** 63), 'gguf.count'],
    ['an array of 2^63 bytes', oneArray(U8, 2 ** 63), 'gguf.count'],
    ['an array of no known type', oneArray(13, 1), 'gguf.valueType'],
    ['arrays 1,000,000 deep', nestedArrays, 'gguf.nesting'],
    ['a key twice', GgufBytes.start({ metadataCount: 2 }).pair('key', 1).pair('key', 2), 'gguf.duplicate'],
    ['an alignment of 0', writeGguf({ metadata: { 'general.alignment': 0 } }), 'gguf.alignment'],
    ['an alignment of 24', writeGguf({ metadata: { 'general.alignment': 24 } }), 'gguf.alignment'],
    ['an alignment that is a text', writeGguf({ metadata: { 'general.alignment': '32' } }), 'gguf.keyType'],
    ['a tensor twice', twoTensors({ name: 'x' }), 'gguf.duplicate'],
    ['a tensor name of 65 bytes', oneTensor({ name: 'x'.repeat(65) }), 'gguf.count'],
    ['a tensor without dimensions', oneEntry({ shape: [] }), 'gguf.shape'],
    ['a tensor of 5 dimensions', oneEntry({ shape: [1, 1, 1, 1, 1] }), 'gguf.shape'],
    ['a dimension of 0', oneEntry({ shape: [0, 8] }), 'gguf.shape'],
    ['a product of dimensions past 2^64', oneEntry({ shape: [2 ** 52, 2 ** 52, 2 ** 52, 2 ** 52] }), 'gguf.outside'],
    ['rows that are no whole number of blocks', oneEntry({ shape: [32, 8], typeId: 3 }), 'gguf.shape'],
    ['an unsupported type', oneEntry({ typeId: IQ2_XXS }), 'gguf.type'],
    ['an unknown type', oneEntry({ typeId: 2 ** 32 - 1 }), 'gguf.type'],
    ['a tensor between two multiples of the alignment', twoTensors({ offset: 68 }), 'gguf.alignment'],
    ['a tensor past the end', twoTensors({ offset: 96 }), 'gguf.outside'],
    ['a tensor that begins far away', oneTensor({ offset: 2 ** 52 }), 'gguf.outside'],
    ['two tensors in one place', twoTensors({ offset: 0 }), 'gguf.overlap'],
    ['two tensors that share bytes', twoTensors({ offset: 32 }), 'gguf.overlap'],
  ])('%s', (_, bytes, code) => {
    const source = sourceOf(bytes instanceof GgufBytes ? bytes.toBuffer() : bytes);
    expect(() => readGguf(source)).toThrow(expect.objectContaining({ code, name: 'VitrineError' }));
  });

  test('the sentence names the unsupported type, its tensor and the supported types', () => {
    expect(() => readGguf(sourceOf(oneEntry({ typeId: IQ2_XXS }).toBuffer()))).toThrow(
      'test.gguf stores the tensor x as IQ2_XXS; Vitrine reads F32, F16, BF16, Q4_0, Q4_1, Q5_0, Q5_1, Q8_0, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS, MXFP4: choose a file in one of these.',
    );
  });

  test.each([
    [
      'a text of 65 MiB',
      onePair()
        .u32(STRING)
        .u64(65 * MEBIBYTE),
    ],
    ['a token of 65,537 bytes', oneArray(STRING, 1).u64(65_537)],
    ['three million tokens', oneArray(STRING, 3_000_000)],
    ['three million booleans', oneArray(BOOLEAN, 3_000_000)],
    ['three million keys', GgufBytes.start({ metadataCount: 3_000_000 })],
    ['three million tensors', GgufBytes.start({ tensorCount: 3_000_000 })],
  ])('%s, though the file is large enough', (_, bytes) => {
    expect(() => readGguf(sourceOf(bytes.toBuffer(), 2 ** 32))).toThrow(
      expect.objectContaining({ code: 'gguf.count' }),
    );
  });

  test('a header that goes on past 128 MiB', () => {
    const header = GgufBytes.start({ metadataCount: 2 }).string('key').u32(ARRAY).u32(U8);
    header.u64(128 * MEBIBYTE - header.length - 8);
    expect(() => readGguf(sourceOf(header.toBuffer(), 2 ** 32))).toThrow(
      expect.objectContaining({ code: 'gguf.headerTooLong' }),
    );
  });
});
