import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Why } from '../../src/shared/why-api';
import { largestDifference } from '../support/compare';
import { loadRequest, nextTask, startTestEngine } from '../support/engine';
import { DEFAULT_WHY_CASES, type NeuronsGolden, WHY_CASES, type WhyGolden } from '../support/why-cases';
import { expectRow, workingOf } from '../support/workings';

/** Shares of the largest logit: what sums over a layer may differ by, and what a single sum over keys may. */
const TERM = 1e-4;
const SUM = 1e-5;

const engine = startTestEngine();
afterAll(() => engine.stop());

describe.each([...WHY_CASES, ...DEFAULT_WHY_CASES].map((one) => [one.name, one] as const))(
  '%s',
  (name, { path, golden }) => {
    let trace: number;
    beforeAll(async () => {
      await engine.load(loadRequest({ path }));
      ({ trace } = await engine.forwardTokens({ task: nextTask(), ids: golden.ids }));
    });

    test('terms of a logit difference equal those of PyTorch, and add up', async () => {
      for (const expected of golden.why) {
        const { position, token, against, scale } = expected;
        const why = await engine.why({ trace, position, token, against });
        expect(why).toMatchObject({ token, against, position });
        expectTerms(why, expected);
        expectSum(why, scale);
      }
    });

    test('tokens asked about by default are the one that stands there, or would come, and the most probable other', async () => {
      // Of the default model's texts a pair of words was chosen for the end.
      const asked = 'text' in golden ? golden.why.slice(1) : golden.why;
      for (const { position, token, against } of asked) {
        expect(await engine.why({ trace, position })).toMatchObject({ token, against });
      }
    });

    test('a head opened over the tokens it looks at equals PyTorch, and is the head', async () => {
      for (const { layer, head, weights, values, norms, ...asked } of golden.headSources) {
        const { scale, heads } = golden.why.find(({ position }) => position === asked.position) as WhyGolden;
        const found = await engine.headSources({ trace, ...asked, layer, head });
        expect(largestDifference(found.weights, weights)).toBeLessThan(TERM);
        expect(largestDifference(found.values, values)).toBeLessThan(TERM * scale);
        const longest = Math.max(...norms);
        expect(largestDifference(found.norms, norms)).toBeLessThan(TERM * Math.max(1, longest));
        expect(sum(found.values)).toBeCloseTo(heads[layer]?.[head] as number, 3);
      }
    });

    test('what softmax is given, of the vocabulary and of a head, equals PyTorch', async () => {
      const working = workingOf(name);
      const { logZAfter } = await engine.predictions({ trace, from: 0, to: golden.ids.length, topK: 0 });
      expect(largestDifference(logZAfter, working.logZ)).toBeLessThan(5e-4);
      for (const row of working.rows) await expectRow(engine, trace, row);
    });

    test('neurons of a feed-forward part equal PyTorch', async () => {
      for (const expected of golden.neurons) {
        const { scale } = golden.why.find(({ position }) => position === expected.position) as WhyGolden;
        await expectNeurons(trace, expected, scale);
      }
    });

    async function expectNeurons(trace: number, expected: NeuronsGolden, scale: number): Promise<void> {
      const { layer, strongest, position, token, against } = expected;
      const counts = { count: strongest.length, tokens: 3 };
      const found = await engine.neurons({ trace, position, token, against, layer, ...counts });
      const numbers = [found.total, found.bias, found.remainder];
      expect(largestDifference(numbers, [expected.total, expected.bias, 0])).toBeLessThan(TERM * scale);
      expect(found.count).toBe(expected.count);
      for (const [i, one] of strongest.entries()) {
        // Two that do as much may stand in either order.
        const same = found.strongest.find(({ expert, neuron }) => neuron === one.neuron && expert === one.expert);
        if (i === strongest.length - 1 && !same) continue;
        const { activation = Number.NaN, value = Number.NaN, promotes = [], suppresses = [] } = same ?? {};
        expect(largestDifference([value], [one.value]), `neuron ${one.neuron}`).toBeLessThan(TERM * scale);
        expect(largestDifference([activation], [one.activation])).toBeLessThan(
          TERM * Math.max(1, Math.abs(one.activation)),
        );
        expect([...promotes, ...suppresses]).toEqual([...one.promotes, ...one.suppresses]);
      }
    }
  },
);

function expectTerms(why: Why, expected: WhyGolden): void {
  const tolerance = TERM * expected.scale;
  const check = (found: ArrayLike<number>, values: ArrayLike<number>, name: string) =>
    expect(largestDifference(found, values), name).toBeLessThan(tolerance);
  check([why.logprobs.token, why.logprobs.against], expected.logprobs, 'log-probabilities');
  check([why.logitDifference, why.softCap], [expected.logitDifference, expected.softCap], 'logit difference, soft cap');
  check(why.heads, expected.heads.flat(), 'heads');
  check(why.mixers, expected.mixers, 'mixers');
  check(why.attentionBiases, expected.attentionBiases, 'biases of attention');
  check(why.mlps, expected.mlps, 'feed-forward parts');
  check([why.embedding, why.bias], [expected.embedding, expected.bias], 'embedding and bias');
  check(why.sources, expected.sources, 'sources');
}

/** Terms, the soft cap and the remainder are the difference; the remainder is rounding. */
function expectSum(why: Why, scale: number): void {
  const { embedding, heads, mixers, attentionBiases, mlps, bias, sources, softCap } = why;
  const terms = embedding + bias + [heads, mixers, attentionBiases, mlps].map(sum).reduce((a, b) => a + b);
  expect(Math.abs(terms + softCap + why.remainder - why.logitDifference)).toBeLessThan(SUM * scale);
  expect(Math.abs(why.remainder)).toBeLessThan(TERM * scale);
  expect(Math.abs(sum(sources) - sum(heads))).toBeLessThan(SUM * scale);
}

const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
