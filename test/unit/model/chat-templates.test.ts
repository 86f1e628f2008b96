import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readModelChatTemplate } from '../../../src/model/checkpoint/model-chat-template';
import { temporaryFolder } from '../../support/temporary-folder';
import { tinyLlama } from '../../support/tiny-llama';

/** A folder of Hugging Face's with these files and no weights. */
function folderOf(files: Record<string, string | object>): string {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries({ 'config.json': { model_type: 'llama' }, ...files })) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

const TOKENS = { bos_token: '<s>', eos_token: { content: '</s>', lstrip: false }, add_bos_token: true };

test('a template in tokenizer_config.json, with its special tokens', async () => {
  const folder = folderOf({ 'tokenizer_config.json': { ...TOKENS, chat_template: 'T' } });
  const tokens = { bos_token: '<s>', eos_token: '</s>' };
  expect(await readModelChatTemplate(folder)).toEqual({ source: 'T', named: {}, tokens });
});

test('several with names, in one file', async () => {
  const chat_template = [
    { name: 'tool_use', template: 'U' },
    { name: 'default', template: 'T' },
  ];
  const folder = folderOf({ 'tokenizer_config.json': { chat_template } });
  expect(await readModelChatTemplate(folder)).toEqual({ source: 'T', named: { tool_use: 'U' }, tokens: {} });
});

test('files of Jinja come before what stands in JSON', async () => {
  const folder = folderOf({
    'tokenizer_config.json': { ...TOKENS, chat_template: 'T' },
    'special_tokens_map.json': { pad_token: '<pad>', bos_token: '<old>' },
    'chat_template.jinja': 'J',
    'additional_chat_templates/rag.jinja': 'R',
  });
  const tokens = { bos_token: '<s>', eos_token: '</s>', pad_token: '<pad>' };
  expect(await readModelChatTemplate(folder)).toEqual({ source: 'J', named: { rag: 'R' }, tokens });
});

test('chat_template.json comes before tokenizer_config.json', async () => {
  const folder = folderOf({
    'chat_template.json': { chat_template: 'J' },
    'tokenizer_config.json': { chat_template: 'T' },
  });
  expect((await readModelChatTemplate(folder))?.source).toBe('J');
});

test('of a GGUF file, with the texts of its special tokens', async () => {
  const path = join(temporaryFolder(), 'model.gguf');
  const metadata = {
    'tokenizer.chat_template': 'T',
    'tokenizer.chat_template.tool_use': 'U',
    'tokenizer.ggml.tokens': ['a', 'b', 'ab', '<end>'],
    'tokenizer.ggml.eos_token_id': 3,
  };
  writeFileSync(path, tinyLlama({ metadata }));
  const template = await readModelChatTemplate(path);
  expect(template).toMatchObject({ source: 'T', named: { tool_use: 'U' }, tokens: { eos_token: '<end>' } });
});

test('a model without a template has none', async () => {
  expect(await readModelChatTemplate(folderOf({ 'tokenizer_config.json': TOKENS }))).toBeUndefined();
});
