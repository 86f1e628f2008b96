import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { predictionsOf } from '../../src/engine/predictions';
import { createTokenizer } from '../../src/tokenizer';
import type { ArchitectureGolden } from '../support/architecture-cases';
import { largestDifference } from '../support/compare';
import { loadArchitecture, readTokens } from '../support/load-architecture';

/* Adapters by PEFT and by llama.cpp's converter, with what transformers computes of base and adapter merged in float64, and its token ids. */

const FOLDER = fileURLToPath(new URL('../fixtures/architectures/', import.meta.url));

test.each([
  ['lora-llama', 'llama-biases/hf', '', 'golden'],
  ['lora-llama', 'llama-biases/model.gguf', 'adapter.gguf', 'golden'],
  ['lora-llama-rslora', 'llama-biases/hf', '', 'golden'],
  ['lora-qwen2', 'qwen2-window/hf', '', 'golden'],
  ['lora-qwen2', 'qwen2-window/model.gguf', 'adapter.gguf', 'golden-gguf'],
  ['lora-qwen2-patterns', 'qwen2-window/hf', 'adapter_config.json', 'golden'],
  ['lora-gpt2', 'gpt2-options/hf', 'adapter_model.safetensors', 'golden'],
  ['lora-llama-whole', 'llama-biases/hf', '', 'golden'],
  ['lora-qwen2-tokens', 'qwen2-padded/hf', '', 'golden'],
  ['lora-qwen2-untied', 'qwen2-padded/hf', '', 'golden'],
])('%s merged into %s equals PyTorch', async (name, base, file, reference) => {
  const golden = JSON.parse(readFileSync(`${FOLDER}${name}/${reference}.json`, 'utf8')) as ArchitectureGolden;
  const loaded = await loadArchitecture({ path: `${FOLDER}${base}`, adapter: `${FOLDER}${name}/${file}` });
  const tokenizer = createTokenizer(loaded.model.vocabulary);
  for (const { text, ids, logprob, entropy_bits } of golden.texts) {
    expect([...tokenizer.begin, ...tokenizer.encode(text, { special: true }).ids], text).toEqual(ids);
    const trace = await readTokens(loaded, [ids]);
    const read = predictionsOf(trace, 0, ids.length, 0);
    expect(largestDifference(read.logprob.subarray(1), logprob.slice(1) as number[])).toBeLessThan(3e-4);
    expect(largestDifference(read.entropyAfter, entropy_bits)).toBeLessThan(3e-4);
  }
});
