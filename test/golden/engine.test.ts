import { describe, expect, it } from 'vitest';
import { largestDifference } from '../support/compare';
import { nextTask, readAll, useEngine, withoutHeads } from '../support/engine';
import { GOLDEN_TEXTS, goldenAttention, goldenJson, hasGoldens } from '../support/golden';
import { expectGolden } from '../support/golden-reading';

const LAYERS = 30;
const HEADS = 9;

describe.skipIf(!hasGoldens)('the engine agrees with PyTorch on the embedded model', () => {
  const use = useEngine();

  it.each(GOLDEN_TEXTS)('tokens and predictions of %s', async (name) => {
    const read = await expectGolden(name, use.engine, use.engine);
    expect(largestDifference(read.entropyAfter, goldenJson(name).entropy_bits)).toBeLessThan(1e-3);
  });

  it.each(['mouse-en', 'raton'])('every attention pattern of %s', async (name) => {
    const golden = goldenAttention(name);
    const { trace, ids } = await readAll(use.engine, goldenJson(name).text);
    const size = ids.length * ids.length;
    for (let layer = 0; layer < LAYERS; layer++) {
      for (let head = 0; head < HEADS; head++) {
        const at = (layer * HEADS + head) * size;
        const { maximum } = await use.engine.attention({ trace, layer, head });
        expect(largestDifference(maximum, golden.subarray(at, at + size)), `head ${layer}.${head}`).toBeLessThan(1e-4);
      }
    }
  });

  it.each(['mouse-en', 'raton'])('attention followed through all layers of %s', async (name) => {
    const golden = goldenAttention(name);
    const { trace, ids } = await readAll(use.engine, goldenJson(name).text);
    const size = ids.length;
    const expected = rolloutOf(golden, size);
    const all = await use.engine.rollout({ task: nextTask(), trace, from: 0, to: size });
    expect(largestDifference(all, expected)).toBeLessThan(1e-4);
    const query = size - 2;
    const one = await use.engine.rollout({ task: nextTask(), trace, from: query, to: query + 1 });
    expect(largestDifference(one, expected.subarray(query * size, query * size + query + 1))).toBeLessThan(1e-4);
  });

  it.each(['numbers', 'fibonacci-python', 'typescript', 'emoji-split', 'chat'])(
    'the last query of %s over all layers and heads',
    async (name) => {
      const golden = goldenJson(name);
      const { trace, ids } = await readAll(use.engine, golden.text);
      const found = await use.engine.attentionOfQuery({ trace, query: ids.length - 1 });
      for (const [layer, heads] of Object.entries(golden.attention_last_query ?? {})) {
        for (const [head, weights] of heads.entries()) {
          const at = (Number(layer) * HEADS + head) * ids.length;
          expect(largestDifference(found.subarray(at, at + ids.length), weights)).toBeLessThan(1e-4);
        }
      }
    },
  );

  it.each(GOLDEN_TEXTS)("heads' weight on the first token, over all of %s", async (name) => {
    const golden = goldenJson(name);
    const { trace } = await readAll(use.engine, golden.text);
    for (const { layer, head, first } of await use.engine.heads({ trace })) {
      const expected = golden.attention_to_first_mean?.[layer]?.[head] ?? Number.NaN;
      expect(largestDifference([first], [expected])).toBeLessThan(1e-4);
    }
  });

  it.each(['mouse-en', 'raton'])('the logit lens at every layer of %s', async (name) => {
    const golden = goldenJson(name);
    const { trace, ids } = await readAll(use.engine, golden.text);
    const lens = await use.engine.logitLens({ trace, from: 0, to: ids.length });
    const expected = (golden.logit_lens ?? []).flat(2).map(([, logprob]) => logprob);
    expect(largestDifference(lens.topLogprobs, expected)).toBeLessThan(1e-3);
    const last = lens.nextLogprob.subarray(LAYERS * ids.length);
    expect(largestDifference(last, [...golden.logprob.slice(1), null])).toBeLessThan(1e-3);
  });

  it.each(['raton', 'raton-cambiado', 'prose-512'])('the token ids of %s, as they are', async (name) => {
    const { text, ids, logprob } = goldenJson(name);
    const changed = ids.with(ids.length - 1, 0);
    await use.engine.forwardTokens({ task: nextTask(), ids: changed });
    const { trace, reused } = await use.engine.forwardTokens({ task: nextTask(), ids });
    const found = await use.engine.predictions({ trace, from: 0, to: ids.length });
    expect(largestDifference(found.logprob, logprob)).toBeLessThan(1e-3);
    expect(reused).toBeGreaterThan(0);
    expect((await readAll(use.engine, text)).trace).toBe(trace);
  });

  it('a sentence with a head ablated, in every layer and at every place in it', async () => {
    const { text, logprob, ablated } = goldenJson<{
      text: string;
      logprob: (number | null)[];
      ablated: { layer: number; head: number; logprob: (number | null)[] }[];
    }>('ablation');
    expect(largestDifference((await readAll(use.engine, text)).logprob, logprob)).toBeLessThan(1e-3);
    // All 270 are in the next test.
    for (const { layer, head, logprob } of ablated.filter(({ layer, head }) => (layer + head) % 3 === 0)) {
      const read = await readAll(use.engine, text, { headMask: [{ layer, head, value: 0 }] });
      expect(largestDifference(read.logprob, logprob), `head ${layer}.${head}`).toBeLessThan(1e-3);
    }
  }, 240_000);

  it('every token of a sentence with each of the 270 heads ablated, all in one request', async () => {
    const { text, ablated } = goldenJson<{
      text: string;
      ablated: { layer: number; head: number; logprob: (number | null)[] }[];
    }>('ablation');
    const { trace, ids } = await readAll(use.engine, text);
    const heads = ablated.map(({ layer, head }) => ({ layer, head }));
    for (let position = 1; position < ids.length; position++) {
      const found = await withoutHeads(use.engine, { trace, position, heads });
      const expected = ablated.map(({ logprob }) => logprob[position] ?? Number.NaN);
      expect(largestDifference(found, expected), `token ${position}`).toBeLessThan(1e-3);
    }
  }, 120_000);

  it('greedy continuations', async () => {
    const all = goldenJson<{ prompt: string; ids: number[]; logprob: number[]; text: string }[]>('generation');
    for (const { prompt, ids, logprob, text } of all) {
      const { trace } = await readAll(use.engine, prompt);
      const found = await use.engine.continuation({ task: nextTask(), trace, count: 32 });
      expect(found.tokens.map(({ id }) => id)).toEqual(ids);
      expect(
        largestDifference(
          found.tokens.map((token) => token.logprob),
          logprob,
        ),
      ).toBeLessThan(1e-3);
      expect(found.text).toBe(text);
    }
  });
});

/** Rollout from its definition: the product over layers of (mean of the heads + identity) / 2. @param patterns [layer, head, query, key] */
function rolloutOf(patterns: Float32Array, size: number): Float32Array {
  let flow = Float32Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0));
  for (let layer = 0; layer < LAYERS; layer++) {
    const step = Float32Array.from({ length: size * size }, (_, at) => {
      const weights = Array.from(
        { length: HEADS },
        (_, head) => patterns[(layer * HEADS + head) * size * size + at] ?? 0,
      );
      return (weights.reduce((sum, weight) => sum + weight, 0) / HEADS + (at % (size + 1) === 0 ? 1 : 0)) / 2;
    });
    flow = flow.map((_, at) => {
      const [row, column] = [Math.floor(at / size), at % size];
      return step
        .subarray(row * size, (row + 1) * size)
        .reduce((sum, share, middle) => sum + share * (flow[middle * size + column] ?? 0), 0);
    });
  }
  return flow;
}
