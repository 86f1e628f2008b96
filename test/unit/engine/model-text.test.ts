import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkTokenIds, tokenizeForModel } from '../../../src/engine/model-text';
import { compileModel } from '../../../src/model/compile';
import { createTokenizer } from '../../../src/tokenizer';
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
    tokenizeForModel(tokenizer, model, text, { special: true, truncate: false, truncateStep: 1 });
  expect([...read('ab').ids]).toEqual([2]);
  expect(() => read('abc')).toThrow('token 4 is none of them');
  expect(() => checkTokenIds(tokenizer, model, [0, 4])).toThrow('token 4 is none of them');
});
