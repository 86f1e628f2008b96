import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { answersOf } from '../../src/engine/answers';
import { Engine } from '../../src/engine/engine';
import type { RequestName, Requests } from '../../src/shared/requests';
import { temporaryFolder } from '../support/temporary-folder';

/*
 * Every lens of a trace under a gain shows what it shows of the same model with an adapter of as many times the alpha merged
 * into its weights, which other tests hold to PyTorch.
 */

const FOLDER = fileURLToPath(new URL('../fixtures/architectures/', import.meta.url));
const GAIN = 0.5;

type Ask = <M extends RequestName>(name: M, request: Requests[M]) => Promise<unknown>;

async function loaded(base: string, adapter: string, adapterApart: boolean): Promise<Ask> {
  const answers = answersOf(new Engine({ progress() {} }));
  const ask: Ask = async (name, request) => {
    const answer = await answers[name](request);
    if ('error' in answer) throw new Error(JSON.stringify(answer.error));
    return answer.value;
  };
  const cache = { folder: temporaryFolder(), limitBytes: 1e9 };
  await ask('load', { task: 1, path: base, adapter, adapterApart, provider: 'cpu', threads: 1, cache });
  return ask;
}

/** The adapter with its alphas multiplied. */
function scaled(adapter: string, gain: number): string {
  const folder = temporaryFolder();
  const config = JSON.parse(readFileSync(join(adapter, 'adapter_config.json'), 'utf8'));
  writeFileSync(
    join(folder, 'adapter_config.json'),
    JSON.stringify({ ...config, lora_alpha: config.lora_alpha * gain }),
  );
  writeFileSync(join(folder, 'adapter_model.safetensors'), readFileSync(join(adapter, 'adapter_model.safetensors')));
  return folder;
}

/** All numbers of an answer. */
function numbersOf(answer: unknown): number[] {
  if (typeof answer === 'number') return [answer];
  if (answer instanceof Float32Array || answer instanceof Uint32Array || answer instanceof Float64Array)
    return [...answer];
  if (typeof answer !== 'object' || answer === null) return [];
  return Object.values(answer).flatMap(numbersOf);
}

function lensesOf(ask: Ask, trace: number, other: number): Record<string, Promise<unknown>> {
  const rows = { from: 0, to: 8 };
  const asked = { trace, position: 8, token: 20, against: 30 };
  const parts = [
    { kind: 'head', layer: 1, head: 0 },
    { kind: 'mlp', layer: 0 },
    { kind: 'token', position: 2 },
  ] as const;
  const patch = { task: 10, ...asked, source: other, layers: { from: 0, to: 2 }, columns: { from: 2, to: 4 } };
  return {
    predictions: ask('predictions', { trace, ...rows, topK: 1 }),
    logitLens: ask('logitLens', { trace, ...rows, topK: 1 }),
    distribution: ask('distribution', { trace, position: 5 }),
    heads: ask('heads', { trace }),
    attention: ask('attention', { trace, layer: 1, head: 1, rows }),
    valueWeighted: ask('attention', { trace, layer: 1, head: 1, rows, valueWeighted: 'length' }),
    why: ask('why', asked),
    headSources: ask('headSources', { ...asked, layer: 1, head: 1 }),
    neurons: ask('neurons', { ...asked, layer: 1, count: 3, tokens: 1 }),
    vectors: ask('vectors', { trace, position: 5 }),
    ablations: ask('ablations', { task: 11, ...asked, parts: [...parts] }),
    occlusion: ask('occlusion', { task: 12, trace, targets: { from: 6, to: 8 }, spans: [{ from: 1, to: 3 }] }),
    replaced: ask('occlusion', {
      task: 13,
      trace,
      targets: { from: 6, to: 8 },
      spans: [{ from: 1, to: 3 }],
      replacement: 7,
    }),
    patchedResidual: ask('patchGrid', { ...patch, site: 'residual' }),
    patchedPart: ask('patchGrid', { ...patch, task: 50, site: 'mlp' }),
    continuation: ask('continuation', { task: 14, trace, count: 2 }),
  };
}

test.each([
  ['lora-llama-rslora', 'llama-biases'],
  ['lora-llama-bias', 'llama-biases'],
  ['lora-llama-embedding', 'llama-biases'],
  ['lora-gpt2', 'gpt2-options'],
])('lenses of %s under a gain are those of merged weights', async (name, base) => {
  const path = `${FOLDER}${base}/hf`;
  const adapter = `${FOLDER}${name}`;
  const { ids } = JSON.parse(readFileSync(`${adapter}/gains.json`, 'utf8')) as { ids: number[] };
  const otherIds = ids.map((id, i) => (i === 2 ? 40 : id));
  const found: Record<string, unknown>[] = [];
  for (const [of, apart, gain] of [
    [adapter, true, GAIN],
    [scaled(adapter, GAIN), false, undefined],
  ] as const) {
    const ask = await loaded(path, of, apart);
    // What was read under another gain is not used again.
    if (apart) await ask('forwardTokens', { task: 2, ids, adapterGain: 2 });
    const { trace } = (await ask('forwardTokens', { task: 2, ids, adapterGain: gain })) as { trace: number };
    const other = (await ask('forwardTokens', { task: 2, ids: otherIds, adapterGain: gain })) as { trace: number };
    const lenses: Record<string, unknown> = {};
    for (const [lens, answer] of Object.entries(lensesOf(ask, trace, other.trace))) lenses[lens] = await answer;
    found.push(lenses);
  }
  const [apart, merged] = found as [Record<string, unknown>, Record<string, unknown>];
  for (const lens of Object.keys(merged)) {
    const [got, expected] = [numbersOf(apart[lens]), numbersOf(merged[lens])];
    expect(got.length, lens).toBe(expected.length);
    expect(expected.length, lens).toBeGreaterThan(0);
    for (const [i, value] of got.entries()) {
      const other = expected[i] as number;
      if (Number.isNaN(other)) expect(value, lens).toBeNaN();
      else expect(Math.abs(value - other) / Math.max(1, Math.abs(other)), `${lens} ${i}`).toBeLessThan(3e-4);
    }
  }
});

test('a gain that nothing can have is one sentence', async () => {
  const base = `${FOLDER}llama-biases/hf`;
  const dora = await loaded(base, `${FOLDER}dora-llama`, true);
  await expect(dora('forwardTokens', { task: 2, ids: [5, 6], adapterGain: 0.5 })).rejects.toThrow(
    'merged into its weights',
  );
  const apart = await loaded(base, `${FOLDER}lora-llama-bias`, true);
  await expect(apart('forwardTokens', { task: 2, ids: [5, 6], adapterGain: Number.NaN })).rejects.toThrow('not valid');
  await expect(apart('forwardTokens', { task: 2, ids: [5, 6], adapterGain: 1e38 })).rejects.toThrow('too large');
});
