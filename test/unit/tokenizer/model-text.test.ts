import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readModelVocabulary } from '../../../src/model/checkpoint/model-vocabulary';
import { type CompiledModel, compileModel } from '../../../src/model/compile';
import { createTokenizer } from '../../../src/tokenizer';
import { checkTokenIds, tokenizeForModel } from '../../../src/tokenizer/model-text';
import { temporaryFolder } from '../../support/temporary-folder';
import { tinyLlama } from '../../support/tiny-llama';

test('an added token for which the embedding has no row is refused before it is read', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'more-tokens.gguf');
  const metadata = {
    'tokenizer.ggml.tokens': ['a', 'b', 'ab', '<end>', 'c'],
    'tokenizer.ggml.token_type': Int32Array.of(1, 1, 1, 3, 4),
  };
  writeFileSync(path, tinyLlama({ metadata }));
  const model = await compileModel(path, { cache: { folder, limitBytes: 1e9 } });
  const tokenizer = createTokenizer(model.vocabulary);
  const read = (text: string) =>
    tokenizeForModel(tokenizer, model.config, text, { special: true, truncate: false, truncateStep: 1 });
  expect([...read('ab').ids]).toEqual([2]);
  expect(() => read('abc')).toThrow('token 4 is none of them');
  expect(() => checkTokenIds(tokenizer, model.config, [0, 4])).toThrow('token 4 is none of them');
});

const begun: { folder: string; text: string; ids: number[] }[] = JSON.parse(
  readFileSync('test/fixtures/chat-templates/begin.json', 'utf8'),
);

test.each(begun)("a text that has $folder's begin token has it once", async ({ folder, text, ids }) => {
  const { vocabulary } = await readModelVocabulary(`test/fixtures/architectures/${folder}/hf`);
  const tokenizer = createTokenizer(vocabulary);
  const model = { config: { name: folder, contextLength: 100, vocabSize: 500 } } as CompiledModel;
  const read = (shown: string) =>
    tokenizeForModel(tokenizer, model.config, shown, { special: true, truncate: true, truncateStep: 1 });
  expect([...read(text).ids]).toEqual(ids);
  // What begins it is cut off with the rest of its beginning, and is there all the same.
  const long = read(text + 'a '.repeat(100));
  expect([...long.ids.subarray(0, tokenizer.begin.length)]).toEqual([...tokenizer.begin]);
  expect(long.ids).toHaveLength(100);
});
