import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { render } from '../../src/display/sentences';
import { measureDifference } from '../../src/engine/comparison/measure-difference';
import { SAMPLE } from '../../src/engine/comparison/sample';
import { predictionsOf } from '../../src/engine/predictions';
import { residualOf } from '../../src/engine/trace';
import { logprobsOf } from '../../src/engine/unembed';
import { type CompiledModel, compileModel, spaceToCompile } from '../../src/model/compile';
import { compiledBefore } from '../../src/model/compiled-before';
import type { AskedStorage } from '../../src/shared/request-fields';
import { createTokenizer } from '../../src/tokenizer';
import { loadArchitecture, readTokens, TASK } from '../support/load-architecture';
import { temporaryFolder } from '../support/temporary-folder';

/* Weights that a file has as floats, rounded to blocks of 8 or 4 bits, or to 16 bits. */

const FIXTURES = fileURLToPath(new URL('../fixtures/architectures/', import.meta.url));
const folderOf = (name: string) => join(FIXTURES, name, 'hf');

type RoundedForm = '8bit' | '4bit' | 'bf16';
type Rounded = Record<string, Record<RoundedForm, { ids: number[]; logprob: (number | null)[] }>>;

const rounded: Rounded = JSON.parse(readFileSync(join(FIXTURES, 'rounded.json'), 'utf8'));
const CASES = Object.entries(rounded).flatMap(([name, ofBits]) =>
  Object.entries(ofBits).map(([weights, expected]) => ({ name, weights: weights as RoundedForm, expected })),
);

const cacheIn = (folder: string) => ({ folder, limitBytes: 1e9 });

function compileCompared(path: string, weights: AskedStorage, folder = temporaryFolder()): Promise<CompiledModel> {
  const cache = cacheIn(folder);
  return compileModel(path, { cache, weights, measureDifference: (models) => measureDifference(models, TASK) });
}

describe.each(CASES)('$name with $weights weights', ({ name, weights, expected }) => {
  it('says what transformers says with weights that gguf, or PyTorch, has rounded', async () => {
    const trace = await readTokens(await loadArchitecture({ path: folderOf(name), weights }), [expected.ids]);
    const { logprob } = predictionsOf(trace, 0, expected.ids.length, 0);
    const differences = expected.logprob.map((value, i) =>
      value === null ? 0 : Math.abs((logprob[i] as number) - value),
    );
    expect(Math.max(...differences)).toBeLessThan(3e-4);
  });
});

describe('the difference from the exact model', () => {
  it.each(['gpt2-options', 'gemma2-scale', 'qwen3-moe-mixed'])(
    'of %s is that of the whole distributions',
    async (name) => {
      const { approximation } = await compileCompared(folderOf(name), '4bit');
      const [exact, approximate] = [
        await sampleDistributions(name, 'float32'),
        await sampleDistributions(name, '4bit'),
      ];
      const kl = exact.map((p, i) => divergence(p, approximate[i] as Float32Array));
      const changed = exact.filter((p, i) => largest(p) !== largest(approximate[i] as Float32Array)).length;
      expect(approximation?.measured).toEqual({
        tokens: exact.length,
        meanKl: expect.closeTo(kl.reduce((sum, value) => sum + value) / exact.length, 5),
        changedFirstGuesses: changed / exact.length,
      });
      expect(approximation?.measured?.meanKl).toBeGreaterThan(1e-3);
    },
  );

  it('is kept with the compiled model, and known without loading that', async () => {
    const folder = temporaryFolder();
    const known = () => compiledBefore(folderOf('llama-biases'), { cache: cacheIn(folder), weights: '8bit' });
    expect(await known()).toBeUndefined();
    const first = await compileCompared(folderOf('llama-biases'), '8bit', folder);
    const again = await compileModel(folderOf('llama-biases'), { cache: cacheIn(folder), weights: '8bit' });
    expect(again.approximation).toEqual(first.approximation);
    expect(again.seconds).toBe(0);
    const { config, sha256, approximation, vocabulary } = first;
    const { name, contextLength } = config;
    expect(await known()).toEqual({ name, contextLength, sha256, approximation, vocabulary });
  });

  it('is left out, and the model kept, where somebody does not wait for it', async () => {
    const stop = new AbortController();
    const cache = cacheIn(temporaryFolder());
    const model = await compileModel(folderOf('llama-biases'), {
      cache,
      weights: '8bit',
      measureDifference: (models) =>
        measureDifference(models, { signal: stop.signal, progress: (done) => done === 1 && stop.abort() }),
    });
    expect(model.approximation).toEqual({ of: 'llama-biases/hf', bits: 8, measured: undefined });
    expect((await compileModel(folderOf('llama-biases'), { cache, weights: '8bit' })).seconds).toBe(0);
  });
});

describe('a model', () => {
  it.each([
    ['8bit', 'llama-biases/hf (approximate, 8 bits)'],
    ['4bit', 'llama-biases/hf (approximate, 4 bits)'],
    ['bf16', 'llama-biases/hf (approximate, bf16)'],
    ['float32', 'llama-biases/hf'],
    ['auto', 'llama-biases/hf'],
  ] as const)('of %s weights is called %s', async (weights, name) => {
    const cache = cacheIn(temporaryFolder());
    const { config, storage } = await compileModel(folderOf('llama-biases'), { cache, weights });
    expect({ name: config.name, storage }).toEqual({ name, storage: weights === 'auto' ? 'float32' : weights });
  });

  it.each([
    ['8bit', 'packed'],
    ['q8_0', '8bit'],
    ['fp16', 'fp16'],
  ] as const)('that the file has in blocks is, of %s weights, %s', async (weights, storage) => {
    const { storage: found, approximation } = await compileCompared(
      join(FIXTURES, 'llama-q5-0', 'model.gguf'),
      weights,
    );
    expect({ storage: found, ...approximation }).toMatchObject(
      {
        packed: { storage: 'packed' },
        '8bit': { storage: '8bit', bits: 8, madeOf: 'Q5_0' },
        fp16: { storage: 'fp16', bits: 16, half: 'fp16', madeOf: 'Q5_0' },
      }[storage],
    );
  });

  it('is not rounded where a weight of its file is no number', async () => {
    const folder = temporaryFolder();
    cpSync(folderOf('llama-biases'), folder, { recursive: true });
    const file = join(folder, 'model.safetensors');
    const bytes = readFileSync(file);
    // Before the last tensor, a norm of 32 halves, a matrix ends.
    bytes.writeUInt16LE(0x7e00, bytes.length - 66);
    writeFileSync(file, bytes);
    await expect(compileCompared(folder, '8bit')).rejects.toMatchObject({ code: 'model.notFinite' });
  });

  it('that the file has as floats is not packed', async () => {
    const packing = compileCompared(folderOf('llama-biases'), 'packed');
    await expect(packing).rejects.toMatchObject({ code: 'weights.nothingPacked' });
  });

  it('says what its space is of', async () => {
    const space = await spaceToCompile(folderOf('llama-biases'), {
      cache: cacheIn(temporaryFolder()),
      weights: '4bit',
    });
    expect(space && render(space)).toMatch(/^Compiling llama-biases\/hf \(approximate, 4 bits\) writes /);
  });
});

/** Log-probabilities of all tokens after each token of the sample, as the engine computes them. */
async function sampleDistributions(name: string, weights: AskedStorage): Promise<Float32Array[]> {
  const loaded = await loadArchitecture({ path: folderOf(name), weights });
  const { config, vocabulary } = loaded.model;
  const tokenizer = createTokenizer(vocabulary);
  const ids = [...tokenizer.begin, ...tokenizer.encode(SAMPLE).ids].slice(0, Math.min(512, config.contextLength));
  const trace = await readTokens(loaded, [ids]);
  const residual = residualOf(trace, config.numHiddenLayers, 0, ids.length);
  const distributions: Float32Array[] = [];
  for (let i = 0; i < ids.length; i++) {
    const ofToken = residual.subarray(i * config.hiddenSize, (i + 1) * config.hiddenSize);
    distributions.push(await logprobsOf(loaded.sessions.unembedding, config, ofToken));
  }
  return distributions;
}

const divergence = (p: Float32Array, q: Float32Array): number =>
  p.reduce((sum, logprob, i) => sum + Math.exp(logprob) * (logprob - (q[i] as number)), 0);

const largest = (values: Float32Array): number => values.indexOf(Math.max(...values));
