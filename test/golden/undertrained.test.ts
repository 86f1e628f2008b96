import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { defaultModelPath } from '../../models/catalogue';
import { Engine } from '../../src/engine/engine';
import { cacheFolder } from '../../src/model/cache/folder';
import { type Indicator, TOKEN_CATEGORIES } from '../../src/shared/undertrained-api';
import { largestDifference } from '../support/compare';
import { temporaryFolder } from '../support/temporary-folder';

/* Indicators of undertrained tokens by numpy on the same rows: test/fixtures/undertrained/make.py. */

const FIXTURES = fileURLToPath(new URL('../fixtures/', import.meta.url));

interface Case {
  unused: number[];
  indicators: Partial<Record<Indicator, number[]>>;
  categories?: string[];
  thresholds?: Partial<Record<Indicator, number>>;
}
const { cases, sample, embedded } = JSON.parse(readFileSync(`${FIXTURES}undertrained/golden.json`, 'utf8')) as {
  cases: Record<string, Case>;
  sample: number[];
  embedded: Case;
};

/** ` transistorsum` and ` the` in the vocabulary of SmolLM2. */
const [GLITCH, THE] = [45_175, 260];

async function load(path: string, folder: string): Promise<Engine> {
  const engine = new Engine({ progress() {} });
  await engine.answer('load', {
    task: 1,
    path,
    provider: 'cpu',
    threads: 1,
    cache: { folder, limitBytes: 50e9 },
    weights: 'auto',
    allowLarge: false,
  });
  return engine;
}

test.each(Object.entries(cases))('of %s are those of numpy', async (path, { unused, indicators, ...expected }) => {
  const engine = await load(`${FIXTURES}architectures/${path}`, temporaryFolder());
  const names = Object.keys(indicators) as Indicator[];
  for (const indicator of names) {
    const found = await engine.answer('undertrained', { task: 2, indicator });
    expect([...found.unused]).toEqual(unused);
    expect(found.available).toEqual(names);
    expect(largestDifference(found.values, indicators[indicator] as number[])).toBeLessThan(1e-5);
    if (!expected.categories) continue;
    expect([...found.categories].map((category) => TOKEN_CATEGORIES[category])).toEqual(expected.categories);
    expect(found.threshold).toBeCloseTo(expected.thresholds?.[indicator] as number, 5);
    for (const { id, indicator: value } of found.candidates) {
      expect(expected.categories[id]).toBe('OK');
      expect(value).toBeLessThanOrEqual(found.threshold);
    }
  }
  const usual = await engine.answer('undertrained', { task: 3 });
  expect(usual.indicator).toBe(names[0]);
});

test('of the embedded model are those of numpy, and its least trained tokens are names of code', async () => {
  const engine = await load(defaultModelPath(), cacheFolder());
  const found = await engine.answer('undertrained', { task: 2 });
  expect(found.indicator).toBe('cosine');
  expect([...found.unused]).toEqual(embedded.unused);
  const values = sample.map((id) => found.values[id] as number);
  expect(largestDifference(values, embedded.indicators.cosine as number[])).toBeLessThan(1e-5);
  const texts = found.candidates.slice(0, 4).map(({ text }) => text);
  expect(new Set(texts)).toEqual(
    new Set(['ManagementPlaneProtection', ' InstancePreprocess', ' transistorsum', 'PlaneProtection']),
  );
});

test('the embedded model repeats a word that it is asked to repeat, and cannot say its least trained token', async () => {
  const engine = await load(defaultModelPath(), cacheFolder());
  const [glitch, the] = await engine.answer('verifyUndertrained', { task: 2, ids: [GLITCH, THE] });
  expect(glitch?.probability).toBeLessThan(0.001);
  expect(the?.probability).toBeGreaterThan(0.9);
  expect(the?.prompts[0]?.answer).toBe(' the»\n');
});

test('the embedded model has 17 control tokens, and every other token is of one kind as well', async () => {
  const engine = await load(defaultModelPath(), cacheFolder());
  const { tokens, kinds } = await engine.answer('composition', {});
  expect(kinds.find(({ kind }) => kind === 'control')?.count).toBe(17);
  expect(kinds.reduce((sum, { count }) => sum + count, 0)).toBe(tokens);
  expect(tokens).toBe(49_152);
});

test('a model that has none of an indicator says which it has', async () => {
  const engine = await load(`${FIXTURES}architectures/qwen2-padded/hf`, temporaryFolder());
  await expect(engine.answer('undertrained', { task: 2, indicator: 'inputNorm' })).rejects.toMatchObject({
    code: 'undertrained.indicator',
    message: expect.stringContaining('cosine, cosineWithoutMean, cosineWithoutComponent'),
  });
});
