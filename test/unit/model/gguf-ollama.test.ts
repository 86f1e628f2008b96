import { expect, test } from 'vitest';
import type { GgufFile } from '../../../src/model/gguf/reader';
import { closeGguf, openGguf, readGguf, readTensor } from '../../support/gguf-file';
import { sourceOf } from '../../support/gguf-fixtures';
import { tinyLlama } from '../../support/tiny-llama';
import { type WritableTensor, type WritableValue, writeGguf } from '../../support/write-gguf';

/*
 * Ollama's handlers of its published files (llama/compat/llama-ollama-compat.cpp) name what differs. Each file here is one
 * that llama.cpp's converter wrote and PyTorch's values are held to, in Ollama's words: it has to be read as the same.
 */

test.each([
  {
    family: 'gemma3-scale',
    renamedKeys: {
      'gemma3.rope.freq_base': 'gemma3.rope.global.freq_base',
      'gemma3.rope.freq_base_swa': 'gemma3.rope.local.freq_base',
    },
    without: [],
    added: {},
  },
  {
    family: 'gemma3-vision',
    renamedKeys: { 'gemma3.rope.freq_base_swa': 'gemma3.rope.local.freq_base' },
    without: ['gemma3.attention.layer_norm_rms_epsilon', 'gemma3.rope.freq_base'],
    added: { 'gemma3.vision.block_count': 27, 'gemma3.mm.tokens_per_image': 256 },
  },
  {
    family: 'gemma4',
    renamedKeys: {},
    without: [],
    added: { 'tokenizer.ggml.model': 'llama', 'gemma4.vision.block_count': 16, 'gemma4.audio.block_count': 12 },
  },
  {
    family: 'gpt-oss-mxfp4',
    architecture: ['gpt-oss', 'gptoss'],
    renamedKeys: {},
    renamedTensors: [
      ['.attn_output.', '.attn_out.'],
      ['.post_attention_norm.', '.ffn_norm.'],
      ['.attn_sinks.weight', '.attn_sinks'],
    ],
    without: ['gpt-oss.rope.scaling.type'],
    added: { 'tokenizer.ggml.pre': 'default' },
  },
  {
    family: 'qwen35',
    renamedKeys: {},
    renamedTensors: [['.ssm_dt.bias', '.ssm_dt']],
    without: [],
    added: {
      'qwen35.attention.head_count_kv': Uint32Array.of(0, 0, 0, 1),
      'qwen35.ssm.v_head_reordered': true,
      'qwen35.rope.mrope_interleaved': true,
      'qwen35.mrope_sections': Int32Array.of(1, 1, 0),
      'qwen35.image_token_id': 3,
    },
  },
])('$family in the words of Ollama’s converter is the same model', ({ family, ...words }) => {
  const file = openGguf(`test/fixtures/architectures/${family}/model.gguf`);
  const written = readGguf(sourceOf(inWordsOfOllama(file, words)));
  expect(keysAndValues(written)).toEqual(
    // What the family has always, a number that float32 does not hold exactly.
    { ...keysAndValues(file), ...epsilonWithout(words.without) },
  );
  expect(shapes(written)).toEqual(shapes(file));
  closeGguf(file);
});

test('Gemma 3 for 131,072 tokens has its positions scaled, which Ollama’s files do not say', () => {
  const file = openGguf('test/fixtures/architectures/gemma3-vision/model.gguf');
  const words = {
    renamedKeys: {},
    without: ['gemma3.rope.scaling.type', 'gemma3.rope.scaling.factor', 'gemma3.attention.layer_norm_rms_epsilon'],
    added: { 'gemma3.context_length': 131_072 },
  };
  const { metadata } = readGguf(sourceOf(inWordsOfOllama(file, words)));
  expect(metadata.value('gemma3.rope.scaling.type')).toBe('linear');
  expect(metadata.value('gemma3.rope.scaling.factor')).toBe(8);
  closeGguf(file);
});

test('Llama 3 without the name of its split, or with one that says nothing, has its own', () => {
  const tokens = Array.from({ length: 128_010 }, (_, id) => (id === 128_009 ? '<|eot_id|>' : `${id}`));
  for (const pre of [undefined, 'default']) {
    const changes = { 'tokenizer.ggml.tokens': tokens, 'tokenizer.ggml.pre': pre };
    expect(readGguf(sourceOf(tinyLlama({ metadata: changes }))).metadata.value('tokenizer.ggml.pre')).toBe('llama-bpe');
  }
  const other = readGguf(sourceOf(tinyLlama({ metadata: { 'tokenizer.ggml.pre': 'default' } })));
  expect(other.metadata.value('tokenizer.ggml.pre')).toBe('default');
});

interface Words {
  architecture?: string[] | undefined;
  renamedKeys: Readonly<Record<string, string | undefined>>;
  renamedTensors?: string[][] | undefined;
  without: string[];
  added: Readonly<Record<string, WritableValue | undefined>>;
}

function inWordsOfOllama(file: GgufFile, words: Words): Uint8Array {
  const { architecture: [own = '', theirs = ''] = [], renamedKeys, renamedTensors = [], without, added } = words;
  const kept = file.metadata.keys().filter((key) => !without.includes(key));
  const pairs = kept.map((key) => [
    (renamedKeys[key] ?? key).replace(own, theirs),
    key === 'general.architecture' && own ? theirs : file.metadata.value(key),
  ]);
  const tensors = [...file.tensors.values()].map((tensor): WritableTensor => {
    const name = renamedTensors.reduce((name, [from = '', to = '']) => name.replace(from, to), tensor.name);
    return { name, type: tensor.type, shape: tensor.shape, data: readTensor(file, tensor) };
  });
  const eye = { type: 'F32' as const, shape: [2], data: Float32Array.of(1, 2) };
  tensors.push({ name: 'v.blk.0.attn_q.weight', ...eye }, { name: 'mm.0.weight', ...eye });
  return writeGguf({ metadata: { ...Object.fromEntries(pairs), ...added }, tensors });
}

const keysAndValues = ({ metadata }: GgufFile) =>
  Object.fromEntries(metadata.keys().map((key) => [key, plainly(metadata.value(key))]));

const plainly = (value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Int32Array) : value);

const shapes = ({ tensors }: GgufFile) => [...tensors.values()].map(({ name, type, shape }) => ({ name, type, shape }));

const epsilonWithout = (keys: string[]) =>
  Object.fromEntries(keys.filter((key) => key.endsWith('_epsilon')).map((key) => [key, 1e-6]));
