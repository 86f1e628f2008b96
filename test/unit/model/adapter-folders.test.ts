import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readModelChatTemplate } from '../../../src/model/checkpoint/model-chat-template';
import { readModelVocabulary } from '../../../src/model/checkpoint/model-vocabulary';
import { openCheckpoint } from '../../../src/model/checkpoint/open';
import { compileModel } from '../../../src/model/compile';
import { createTokenizer } from '../../../src/tokenizer';
import { adapterFolder } from '../../support/adapter-folder';
import { temporaryFolder } from '../../support/temporary-folder';
import { writeSafetensors, zeros } from '../../support/write-safetensors';

const FIXTURES = fileURLToPath(new URL('../../fixtures/architectures/', import.meta.url));
const QWEN = join(FIXTURES, 'qwen2-padded/hf');
const TOKENS = join(FIXTURES, 'lora-qwen2-tokens');
const LLAMA = join(FIXTURES, 'llama-biases/hf');
const BEFORE = 'base_model.model.';
/** The tokenizer of the adapter has a token for it, and that of its base splits it. */
const ADDED = '<|tool|>';

/** A copy of a folder, gone after the test. */
function copyOf(...folders: string[]): string {
  const copy = temporaryFolder();
  for (const folder of folders) cpSync(folder, copy, { recursive: true });
  return copy;
}

const options = (adapter?: string) => ({ adapter, cache: { folder: temporaryFolder(), limitBytes: 1e9 } });

describe('the tokenizer that is saved with an adapter', () => {
  const tokensOf = async (adapter?: string) => {
    const { name, vocabulary } = await readModelVocabulary(QWEN, adapter);
    return { name, count: createTokenizer(vocabulary).encode(ADDED, { special: true }).ids.length };
  };

  test('is read before the model is, and named', async () => {
    expect(await tokensOf()).toMatchObject({ name: 'qwen2-padded/hf', count: expect.not.toBeOneOf([1]) });
    expect(await tokensOf(TOKENS)).toEqual({ name: 'qwen2-padded/hf + lora-qwen2-tokens', count: 1 });
    expect(await tokensOf(join(TOKENS, 'adapter_config.json'))).toMatchObject({ count: 1 });
    expect((await tokensOf(join(FIXTURES, 'lora-qwen2-untied'))).name).toBe('qwen2-padded/hf');
  });

  test('is a part of the model’s identity', async () => {
    const adapter = copyOf(TOKENS);
    const before = await compileModel(QWEN, options(adapter));
    expect(before.config.vocabularyName).toBe(before.config.name);
    const path = join(adapter, 'tokenizer.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(ADDED, '<|took|>'));
    const after = await compileModel(QWEN, options(adapter));
    expect(after.sha256).not.toBe(before.sha256);
    expect(after.key).not.toBe(before.key);
  });

  test('brings its template of a chat', async () => {
    const adapter = copyOf(TOKENS);
    writeFileSync(join(adapter, 'chat_template.jinja'), 'own');
    expect((await readModelChatTemplate(QWEN, adapter))?.source).toBe('own');
  });
});

describe('a folder with a model and an adapter', () => {
  test('means both, as in transformers', async () => {
    const both = copyOf(QWEN, TOKENS);
    const { config, weights } = await compileModel(both, options());
    expect(config).toMatchObject({ adapter: 'adapter', vocabSize: 352, tieWordEmbeddings: true });
    expect(weights.has('unembedding')).toBe(false);
    expect((await compileModel(both, options(both))).config.adapter).toBe('adapter');
    expect(() => openCheckpoint(both, TOKENS)).toThrow(/holds an adapter beside its weights/);
  });

  test('that has no weights but the adapter’s is an adapter', () => {
    const folder = copyOf(QWEN, TOKENS);
    rmSync(join(folder, 'model.safetensors'));
    expect(() => openCheckpoint(folder)).toThrow(expect.objectContaining({ code: 'model.adapter' }));
  });
});

test('of what a training saved on its way, the last is named', () => {
  const folder = temporaryFolder();
  for (const name of ['checkpoint-90', 'checkpoint-180']) {
    mkdirSync(join(folder, name));
    cpSync(TOKENS, join(folder, name), { recursive: true });
  }
  expect(() => openCheckpoint(QWEN, folder)).toThrow(/choose one of the folders in it, such as checkpoint-180/);
});

describe('rows for added tokens', () => {
  const ROWS = 323;
  const saved = (names: string[]) =>
    adapterFolder(
      { base_model_name_or_path: 'who/llama-biases-hf' },
      Object.fromEntries(names.map((name) => [`${BEFORE}${name}.weight`, zeros(ROWS, 32)])),
    );

  test('are read where PEFT has saved modules of which it also saved what they were', () => {
    const folder = saved(['model.embed_tokens.modules_to_save', 'lm_head.modules_to_save']);
    const tensors = {
      [`${BEFORE}model.embed_tokens.modules_to_save.weight`]: zeros(ROWS, 32),
      [`${BEFORE}model.embed_tokens.original_module.weight`]: zeros(1, 32),
      [`${BEFORE}lm_head.modules_to_save.weight`]: zeros(ROWS, 32),
    };
    writeFileSync(join(folder, 'adapter_model.safetensors'), writeSafetensors(tensors));
    const checkpoint = openCheckpoint(LLAMA, folder);
    checkpoint.close();
    expect(checkpoint.metadata.get('vocab_size')).toBe(ROWS);
    expect(checkpoint.tensors.get('lm_head.weight')?.shape).toEqual([ROWS, 32]);
  });

  test('in one of two matrices are refused, and not by the name of the same model', () => {
    const folder = join(temporaryFolder(), 'llama-biases-hf');
    cpSync(LLAMA, folder, { recursive: true });
    const adapter = saved(['model.embed_tokens']);
    expect(() => openCheckpoint(folder, adapter)).toThrow(/embed_tokens\.weight as 323 x 32.*merge_and_unload/);
    expect(() => openCheckpoint(folder, adapter)).not.toThrow(/Choose who/);
    const other = join(temporaryFolder(), 'other');
    renameSync(folder, other);
    expect(() => openCheckpoint(other, adapter)).toThrow(/Choose who\/llama-biases-hf/);
  });
});
