import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileModel } from '../../../src/model/compile';
import { reportOnModel } from '../../../src/model/model-report';
import { temporaryFolder } from '../../support/temporary-folder';
import { type TinyLlamaChanges, tinyLlama } from '../../support/tiny-llama';

/* Whole files whose model cannot be: what is wrong with a file as such stands in gguf-bad-files and huggingface-bad-folders. */

const WIDTH = 16;

function modelFile(changes: TinyLlamaChanges = {}, path = join(temporaryFolder(), 'model.gguf')): string {
  writeFileSync(path, tinyLlama(changes));
  return path;
}

const rows = (count: number): TinyLlamaChanges => ({ shapes: { 'token_embd.weight': [count, WIDTH] } });
const newCache = () => ({ folder: temporaryFolder(), limitBytes: 1e9 });

describe('a model that cannot be is refused before anything is written, and in the list of models', () => {
  test.each<[string, TinyLlamaChanges, string, RegExp]>([
    ['of no layers', { metadata: { 'llama.block_count': 0 } }, 'model.unsupported', /block_count is 0/],
    [
      'that only sees images, and has no tokens',
      { metadata: { 'general.architecture': 'clip', 'tokenizer.ggml.tokens': undefined } },
      'model.architecture',
      /no model of language/,
    ],
    [
      'without tokens',
      { metadata: { 'tokenizer.ggml.tokens': undefined } },
      'gguf.keyMissing',
      /tokenizer.ggml.tokens/,
    ],
    ['with the tokenizer of a larger one', rows(2), 'model.vocabulary', /tokens up to 3, and the model knows 2/],
  ])('%s', async (_, changes, code, reason) => {
    const path = modelFile(changes);
    const refusal = { code, message: expect.stringMatching(reason) };
    await expect(compileModel(path, { cache: newCache() })).rejects.toMatchObject(refusal);
    expect((await reportOnModel(path, 'auto')).refusal).toMatchObject(refusal);
  });
});

test('a control token beyond the rows, as images have one, is no tokenizer of another model', async () => {
  expect((await reportOnModel(modelFile(rows(3)), 'auto')).refusal).toBeUndefined();
});

test('a file that was replaced after it was compiled is compiled again', async () => {
  const cache = newCache();
  const path = modelFile();
  const first = await compileModel(path, { cache });
  expect((await compileModel(path, { cache })).key).toBe(first.key);
  modelFile({ values: { 'output_norm.weight': new Float32Array(WIDTH).fill(1) } }, path);
  const second = await compileModel(path, { cache });
  expect(second.key).not.toBe(first.key);
  expect(second.seconds).toBeGreaterThan(0);
});
