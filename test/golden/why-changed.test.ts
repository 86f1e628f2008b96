import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/client';
import { VitrineError } from '../../src/shared/errors';
import type { Why } from '../../src/shared/why-api';
import { ARCHITECTURE_CASES, type GoldenText } from '../support/architecture-cases';
import { largestDifference } from '../support/compare';
import { loadRequest, nextTask, startTestEngine } from '../support/engine';

/* What is said of the cause of a token where a run computed otherwise than the model would, or went on from another. */

/** With biases, norms after parts and a factor of layers, sinks and experts, a gate and layers without attention. */
const NAMES = ['llama-biases', 'gemma4', 'gpt-oss', 'qwen35'];
const CASES = NAMES.flatMap(
  (name) => ARCHITECTURE_CASES.find((one) => one.name === name && one.format === 'huggingFace') ?? [],
);

type Changes = Partial<Parameters<Engine['forwardTokens']>[0]>;

const engine = startTestEngine();
afterAll(() => engine.stop());

describe.each(CASES.map((one) => [one.name, one] as const))('%s', (name, { path, golden }) => {
  const { ids } = golden.texts[0] as GoldenText;
  const position = ids.length;
  let shape = { layers: 0, heads: 0, width: 0 };
  beforeAll(async () => {
    const info = await engine.load(loadRequest({ path }));
    shape = { layers: info.numHiddenLayers, heads: info.numAttentionHeads, width: info.hiddenSize };
  });
  const read = async (changes: Changes = {}) =>
    (await engine.forwardTokens({ task: nextTask(), ids, ...changes })).trace;
  const last = () => shape.layers - 1;

  test('is the same of a text that was edited and of one that was read whole', async () => {
    const fresh = await engine.why({ trace: await read(), position });
    const other = ids.with(Math.floor(ids.length / 2), ids[0] as number);
    await engine.forwardTokens({ task: nextTask(), ids: [...ids, ...ids] });
    await engine.forwardTokens({ task: nextTask(), ids: other });
    const edited = await engine.why({ trace: await read(), position });
    expect(largestDifference(edited.heads, fresh.heads)).toBeLessThan(1e-4);
    expect(largestDifference(edited.mlps, fresh.mlps)).toBeLessThan(1e-4);
  });

  test('a head brings what it is multiplied by', async () => {
    const { token, against, ...plain } = await engine.why({ trace: await read(), position });
    const head = 1;
    const headMask = [{ layer: last(), head, value: -0.5 }];
    const changed = await engine.why({ trace: await read({ headMask }), position, token, against });
    const at = last() * shape.heads + head;
    // The final norm divides both by sizes of their own.
    const share = (why: Pick<Why, 'heads'>) => (why.heads[at] as number) / (why.heads[at - 1] as number);
    expect(share(changed) / share(plain)).toBeCloseTo(-0.5, 3);
    expectSum(changed);
  });

  test('steering has a term of its own', async () => {
    const steering = new Float32Array(shape.layers * shape.width).map((_, i) => Math.sin(i) / 4);
    const why = await engine.why({ trace: await read({ steering }), position });
    expect(Math.abs(why.interventions ?? 0)).toBeGreaterThan(1e-3);
    expectSum(why);
    const layer = last();
    const { total, remainder } = await engine.neurons({ trace: await read({ steering }), position, layer });
    expect(total).toBeCloseTo(why.mlps[layer] as number, 4);
    expect(Math.abs(remainder)).toBeLessThan(1e-3);
  });

  test('a row that was put in the place of the stream hides all before it', async () => {
    const source = { trace: await read(), layer: last(), position: 0 };
    const patches = [{ site: 'residual' as const, layer: last(), position: position - 1, source }];
    const trace = await read({ patches });
    const why = await engine.why({ trace, position });
    expect([why.embedding, ...why.heads.subarray(0, last() * shape.heads), ...why.mlps.subarray(0, last())]).toEqual(
      Array(1 + last() * (shape.heads + 1)).fill(0),
    );
    expect(why.interventions).not.toBe(0);
    expectSum(why);
    await expect(engine.neurons({ trace, position, layer: 0 })).rejects.toThrow(VitrineError);
  });

  test.each(['attention', 'mlp'] as const)('what stands in place of %s is not said to be the part', async (site) => {
    const source = { trace: await read(), layer: last(), position: 0 };
    const patches = [{ site, layer: 0, position: position - 1, source }];
    const why = await engine.why({ trace: await read({ patches }), position });
    const part = site === 'mlp' ? [why.mlps[0]] : [...why.heads.subarray(0, shape.heads), why.mixers[0]];
    expect(part).toEqual(part.map(() => 0));
    expect(why.interventions).not.toBe(0);
    expectSum(why);
  });

  test.skipIf(name === 'qwen35')('a token that is hidden brings nothing', async () => {
    const trace = await read({ hidden: [{ from: 1, to: 3 }] });
    const why = await engine.why({ trace, position });
    expect([...why.sources.subarray(1, 3)]).toEqual([0, 0]);
    expectSum(why);
  });

  test('what there is not is refused in a sentence', async () => {
    const trace = await read();
    await expect(engine.why({ trace, position: position + 1 })).rejects.toThrow(/tokens/);
    await expect(engine.why({ trace, position, token: 10_000_000 })).rejects.toThrow(/no token/);
    await expect(engine.why({ trace, position, token: 3, against: 3 })).rejects.toThrow(/against itself/);
  });
});

function expectSum({ embedding, heads, mixers, attentionBiases, mlps, bias, softCap, ...why }: Why): void {
  const ofParts = [heads, mixers, attentionBiases, mlps].map((values) => values.reduce((a, b) => a + b, 0));
  const terms = ofParts.reduce((a, b) => a + b, embedding + bias + softCap + (why.interventions ?? 0));
  expect(terms + why.remainder).toBeCloseTo(why.logitDifference, 4);
  expect(Math.abs(why.remainder)).toBeLessThan(1e-3);
}
