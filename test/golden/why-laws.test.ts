import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { largestDifference } from '../support/compare';
import { loadRequest, nextTask, startTestEngine } from '../support/engine';
import { WHY_CASES } from '../support/why-cases';

/* What has to hold of the causes of a token in any text, whatever the values: `why.test.ts` holds these to PyTorch. */

const CASES = WHY_CASES.filter(({ name }) =>
  [
    'cohere',
    'gemma4',
    'gpt-oss',
    'gpt2',
    'gpt2-options',
    'granite4',
    'llama-biases',
    'olmo3',
    'olmoe',
    'qwen35',
  ].includes(name),
);
const RUNS = 4;
/** Tiny models' logits are within 30 of 0. */
const LOGIT = 1e-3;

const engine = startTestEngine();
afterAll(() => engine.stop());

describe.each(CASES.map((one) => [one.name, one] as const))('%s', (_, { path }) => {
  let layers = 0;
  let heads = 0;
  let texts: fc.Arbitrary<[number[], number[]]>;
  beforeAll(async () => {
    const info = await engine.load(loadRequest({ path }));
    [layers, heads] = [info.numHiddenLayers, info.numAttentionHeads];
    const id = fc.nat(info.vocabSize - 1);
    texts = fc
      .integer({ min: 2, max: 20 })
      .chain((length) =>
        fc.tuple(
          ...([0, 1].map(() => fc.array(id, { minLength: length, maxLength: length })) as [
            fc.Arbitrary<number[]>,
            fc.Arbitrary<number[]>,
          ]),
        ),
      );
  });
  const read = async (ids: number[], change = {}) =>
    (await engine.forwardTokens({ task: nextTask(), ids, ...change })).trace;
  const holds = (law: (texts: [number[], number[]], at: number) => Promise<void>) =>
    fc.assert(fc.asyncProperty(texts, fc.nat(1000), law), { numRuns: RUNS, seed: 1 });

  test('terms and the remainder are the difference, and the remainder is rounding', () =>
    holds(async ([ids], at) => {
      const { embedding, bias, softCap, remainder, logitDifference, ...parts } = await engine.why({
        trace: await read(ids),
        position: 1 + (at % ids.length),
      });
      const terms = [parts.heads, parts.mixers, parts.attentionBiases, parts.mlps].map(sum);
      expect(Math.abs(embedding + bias + softCap + remainder + sum(terms) - logitDifference)).toBeLessThan(1e-4);
      expect(Math.abs(remainder)).toBeLessThan(LOGIT);
    }));

  test('sources of all heads are the heads, those of one are the head, and neurons are their layer', () =>
    holds(async ([ids], at) => {
      const asked = { trace: await read(ids), position: 1 + (at % ids.length) };
      const why = await engine.why(asked);
      expect(Math.abs(sum(why.sources) - sum(why.heads))).toBeLessThan(1e-4);
      const layer = at % layers;
      if (why.mixers[layer] === 0) {
        const head = at % heads;
        const { values } = await engine.headSources({ ...asked, layer, head });
        expect(Math.abs(sum(values) - (why.heads[layer * heads + head] as number))).toBeLessThan(1e-4);
      }
      const { total, bias, count, strongest } = await engine.neurons({ ...asked, layer, count: 100_000, tokens: 1 });
      expect(strongest.length).toBe(count);
      expect(Math.abs(sum(strongest.map(({ value }) => value)) + bias - total)).toBeLessThan(LOGIT);
      expect(Math.abs(total - (why.mlps[layer] as number))).toBeLessThan(1e-4);
    }));

  test('a text patched with itself stays as it is, and one patched with all of another becomes it', () =>
    holds(async ([ids, others], at) => {
      const [trace, source] = [await read(ids), await read(others)];
      const layer = at % layers;
      const asked = { task: nextTask(), trace, position: ids.length, layers: { from: layer, to: layer + 1 } };
      const columns = { from: 0, to: ids.length };
      const itself = await engine.patchGrid({ ...asked, source: trace, site: 'residual', columns });
      const same = Array.from({ length: ids.length }, () => [...itself.corrupt]).flat();
      expect(largestDifference(itself.logprobs, same)).toBeLessThan(1e-6);
      const patches = ids.map((_, position) => ({
        site: 'residual' as const,
        layer,
        position,
        source: { trace: source, layer, position },
      }));
      const [after, other] = await Promise.all(
        [await read(ids, { patches }), source].map((of) =>
          engine.distribution({ trace: of, position: ids.length - 1 }),
        ),
      );
      expect(largestDifference(after as Float32Array, other as Float32Array)).toBeLessThan(1e-4);
    }));
});

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);
