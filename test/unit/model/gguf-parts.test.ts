import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readModelVocabulary } from '../../../src/model/checkpoint/model-vocabulary';
import { openCheckpoint } from '../../../src/model/checkpoint/open';
import { temporaryFolder } from '../../support/temporary-folder';
import { type WritableTensor, type WritableValue, writeGguf } from '../../support/write-gguf';

const MODEL = {
  'general.architecture': 'llama',
  'llama.block_count': 2,
  'tokenizer.ggml.model': 'gpt2',
  'tokenizer.ggml.tokens': ['a', 'b'],
};
const NAMES = ['m-00001-of-00003.gguf', 'm-00002-of-00003.gguf', 'm-00003-of-00003.gguf'];

const tensor = (name: string, ...values: number[]): WritableTensor => ({
  name,
  type: 'F32',
  shape: [values.length],
  data: Float32Array.from(values),
});
const split = (number: number) => ({ 'split.no': number, 'split.count': 3, 'split.tensors.count': 3 });

interface Part {
  metadata: Record<string, WritableValue>;
  tensors: WritableTensor[];
}

/** A model in three parts, as llama-gguf-split and Python's gguf write it, each part changed by `change`. */
function threeParts(change: (part: Part, number: number) => Part | undefined = (part) => part): string {
  const folder = temporaryFolder();
  for (const [number, name] of NAMES.entries()) {
    const metadata = { ...(number === 0 ? MODEL : {}), ...split(number) };
    const part = change({ metadata, tensors: [tensor(`tensor${number}`, number, number + 0.5)] }, number);
    if (part) writeFileSync(join(folder, name), writeGguf(part));
  }
  return folder;
}

test.each(NAMES)('any part opens the whole model: %s', async (name) => {
  const path = join(threeParts(), name);
  const checkpoint = openCheckpoint(path);
  expect(checkpoint.files.map((file) => basename(file))).toEqual(NAMES);
  expect(checkpoint.metadata.get('block_count')).toBe(2);
  const values = [...checkpoint.tensors.values()].map((one) => [one.name, ...one.rows(0, 1)]);
  expect(values).toEqual([
    ['tensor0', 0, 0.5],
    ['tensor1', 1, 1.5],
    ['tensor2', 2, 2.5],
  ]);
  checkpoint.close();
  expect((await readModelVocabulary(path)).vocabulary).toMatchObject({ tokens: ['a', 'b'] });
});

describe('parts that are no whole model are refused', () => {
  test.each<[string, (part: Part, number: number) => Part | undefined, RegExp]>([
    [
      'one is missing',
      (part, number) => (number === 1 ? undefined : part),
      /m-00002-of-00003\.gguf is not in its folder/,
    ],
    [
      'one is another',
      (part, number) => (number === 1 ? { ...part, metadata: split(2) } : part),
      /does not say that it is part 2 of 3/,
    ],
    [
      'one is of a model in four parts',
      (part, number) => (number === 1 ? { ...part, metadata: { ...split(1), 'split.count': 4 } } : part),
      /does not say that it is part 2 of 3/,
    ],
    ['one is a whole model', (part, number) => (number === 1 ? { ...part, metadata: {} } : part), /does not say/],
    [
      'one is of another architecture',
      (part, number) => (number === 2 ? { ...part, metadata: { ...split(2), 'general.architecture': 'qwen2' } } : part),
      /another architecture/,
    ],
    [
      'a tensor is in two',
      (part, number) => (number === 2 ? { ...part, tensors: [tensor('tensor0', 1)] } : part),
      /tensor0 is in more than one/,
    ],
    [
      'a tensor is missing',
      (part, number) => (number === 2 ? { ...part, tensors: [] } : part),
      /hold 2 tensors and should hold 3/,
    ],
  ])('%s', (_, change, reason) => {
    const path = join(threeParts(change), NAMES[0] as string);
    expect(() => openCheckpoint(path)).toThrow(expect.objectContaining({ code: 'gguf.parts' }));
    expect(() => openCheckpoint(path)).toThrow(reason);
  });

  test('their names do not say which they are', () => {
    const folder = threeParts();
    renameSync(join(folder, NAMES[0] as string), join(folder, 'model.gguf'));
    expect(() => openCheckpoint(join(folder, 'model.gguf'))).toThrow(
      /its name does not say what the others are called/,
    );
  });

  test('the first is missing, when its vocabulary is asked for', async () => {
    const folder = threeParts();
    rmSync(join(folder, NAMES[0] as string));
    await expect(readModelVocabulary(join(folder, NAMES[1] as string))).rejects.toMatchObject({ code: 'file.missing' });
  });
});
