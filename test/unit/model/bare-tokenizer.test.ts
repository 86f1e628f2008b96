import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultModelPath } from '../../../models/catalogue';
import { readChatTemplate, readModelChatTemplate } from '../../../src/model/checkpoint/model-chat-template';
import { readModelVocabulary, readVocabulary } from '../../../src/model/checkpoint/model-vocabulary';
import { createTokenizer } from '../../../src/tokenizer';
import { temporaryFolder } from '../../support/temporary-folder';

const MODEL = 'test/fixtures/architectures/qwen2-padded/hf';
const TEXT = 'The mouse ate 327 cheeses. 🧀';

/** The tokenizer of a model, without the model. */
function bareTokenizer(): string {
  const folder = temporaryFolder();
  copyFileSync(join(MODEL, 'tokenizer.json'), join(folder, 'tokenizer.json'));
  writeFileSync(join(folder, 'chat_template.jinja'), '{{ messages[0].content }}');
  return folder;
}

describe('the vocabulary of a model that is somewhere else', () => {
  it.each([
    ['a folder of a tokenizer', bareTokenizer, MODEL],
    ['its tokenizer.json', () => join(bareTokenizer(), 'tokenizer.json'), MODEL],
    ['a folder of a model', () => MODEL, MODEL],
    ['a GGUF file', defaultModelPath, defaultModelPath()],
  ])('is read from %s', async (_, place, model) => {
    const tokenizer = createTokenizer(await readVocabulary(place()));
    const own = createTokenizer((await readModelVocabulary(model)).vocabulary);
    expect(tokenizer.encode(TEXT).ids).toEqual(own.encode(TEXT).ids);
  });

  it('has its chat template beside it', async () => {
    expect((await readChatTemplate(bareTokenizer()))?.source).toBe('{{ messages[0].content }}');
    expect(await readChatTemplate(defaultModelPath())).toEqual(await readModelChatTemplate(defaultModelPath()));
  });

  it('says of a folder that is not there that it is missing', async () => {
    await expect(readVocabulary(join(temporaryFolder(), 'none'))).rejects.toMatchObject({ code: 'file.missing' });
  });
});
