import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { AttentionPatterns } from '../../src/engine/attention/attention-patterns';
import { noInterventions } from '../../src/engine/interventions/interventions';
import { predictionsOf } from '../../src/engine/predictions';
import type { AskedStorage } from '../../src/shared/request-fields';
import { largestDifference } from '../support/compare';
import { type LoadedArchitecture, loadArchitecture, readTokens } from '../support/load-architecture';

/* Adapters kept apart, with what PEFT computes of them unmerged in float64 where a gain multiplies their scale: `gains.py`. */

const FOLDER = fileURLToPath(new URL('../fixtures/architectures/', import.meta.url));

interface Golden {
  base: string;
  ids: number[];
  merged: number[];
  gains: { gain: number; logprob: number[]; attention?: number[][][] }[];
}

const goldenOf = (name: string, file = 'gains') =>
  JSON.parse(readFileSync(`${FOLDER}${name}/${file}.json`, 'utf8')) as Golden;

async function read(loaded: LoadedArchitecture, ids: readonly number[], adapterGain: number) {
  const trace = await readTokens(loaded, [ids], { ...noInterventions(loaded.model.config), adapterGain });
  return { trace, logprob: predictionsOf(trace, 0, ids.length, 0).logprob.slice(1) };
}

const apart = (base: string, adapter: string, weights: AskedStorage = 'auto') =>
  loadArchitecture({ path: `${FOLDER}${base}`, adapter: `${FOLDER}${adapter}`, adapterApart: true, weights });

describe.each([
  ['lora-llama', 'hf', ''],
  ['lora-llama', 'model.gguf', '/adapter.gguf'],
  ['lora-llama-rslora', 'hf', ''],
  ['lora-llama-bias', 'hf', ''],
  ['lora-llama-embedding', 'hf', ''],
  ['lora-qwen2', 'hf', ''],
  ['lora-qwen2-patterns', 'hf', ''],
  ['lora-gpt2', 'hf', ''],
])('%s kept apart from %s%s', (name, model, file) => {
  test('equals PEFT under every gain, and its merged weights at 1', async () => {
    const { base, ids, merged, gains } = goldenOf(name);
    const loaded = await apart(`${base}/${model}`, `${name}${file}`);
    expect(loaded.model.hasAdapterGain).toBe(true);
    for (const { gain, logprob } of gains) {
      const got = await read(loaded, ids, gain);
      expect(largestDifference(got.logprob, logprob), `gain ${gain}`).toBeLessThan(1e-4);
      if (gain === 1) expect(largestDifference(got.logprob, merged)).toBeLessThan(1e-4);
    }
  });

  test('is with a gain of 0 the model alone, bit for bit, and its weights are those in the cache', async () => {
    const { base, ids } = goldenOf(name);
    const loaded = await apart(`${base}/${model}`, `${name}${file}`);
    const alone = await loadArchitecture({ path: `${FOLDER}${base}/${model}` });
    expect(loaded.model.key).toBe(alone.model.key);
    expect((await read(loaded, ids, 0)).logprob).toEqual((await read(alone, ids, 1)).logprob);
  });
});

test('an attention pattern under a gain of 0.5 equals PEFT', async () => {
  const { base, ids, gains } = goldenOf('lora-llama-rslora');
  const loaded = await apart(`${base}/hf`, 'lora-llama-rslora');
  const { trace } = await read(loaded, ids, 0.5);
  const patterns = new AttentionPatterns(loaded.sessions, loaded.model);
  const attention = gains.find(({ gain }) => gain === 0.5)?.attention as number[][][];
  for (const [layer, heads] of attention.entries()) {
    const got = await patterns.ofQuery(trace, ids.length - 1, { layer, mean: false });
    expect(largestDifference(got, heads.flat())).toBeLessThan(1e-4);
  }
});

test('is kept apart from weights in blocks of few bits, which stay as they are', async () => {
  const { base, ids } = goldenOf('lora-llama');
  const loaded = await apart(`${base}/model.gguf`, 'lora-llama/adapter.gguf', '8bit');
  const alone = await loadArchitecture({ path: `${FOLDER}${base}/model.gguf`, weights: '8bit' });
  expect((await read(loaded, ids, 0)).logprob).toEqual((await read(alone, ids, 1)).logprob);
  const [{ logprob: at0 }, { logprob: at1 }] = [await read(loaded, ids, 0), await read(loaded, ids, 1)];
  expect(largestDifference(at0, [...at1])).toBeGreaterThan(0.1);
});

test.each(['dora-llama', 'dora-gpt2'])('%s is merged as PEFT merges it, and says why it has no gain', async (name) => {
  const { base, ids, logprob } = goldenOf(name, 'merged') as unknown as Golden & { logprob: number[] };
  const loaded = await apart(`${base}/hf`, name);
  expect(loaded.model.hasAdapterGain).toBe(false);
  expect(loaded.model.config.notes?.at(-1)).toMatchObject({
    template: expect.stringMatching(/^The adapter is merged/),
  });
  expect(largestDifference((await read(loaded, ids, 1)).logprob, logprob)).toBeLessThan(1e-4);
});

test.each(['lora-llama-whole', 'lora-qwen2-untied', 'lora-qwen2-tokens'])(
  '%s replaces tensors, and is merged',
  async (name) => {
    const { base } = JSON.parse(readFileSync(`${FOLDER}${name}/golden.json`, 'utf8')) as Golden;
    expect((await apart(`${base}/hf`, name)).model.hasAdapterGain).toBe(false);
  },
);
