import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/engine/client';
import { largestDifference } from '../support/compare';
import { loadRequest, nextTask, readAll, startTestEngine, withoutHeads } from '../support/engine';
import { goldenAttention, goldenJson, hasGoldens } from '../support/golden';
import { whyNoWebgpu } from '../support/webgpu';
import { type Attributions, type HeadSourcesGolden, type WhyGolden, whyGolden } from '../support/why-cases';

const missing = await whyNoWebgpu();

/** Software Vulkan takes seconds for every run, and longer for the first of a kind. */
const PATIENCE = 300_000;

describe.skipIf(missing !== undefined || !hasGoldens)('WebGPU agrees with PyTorch on the embedded model', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = startTestEngine();
    const model = await engine.load(loadRequest({ provider: 'webgpu' }));
    expect(model.provider).toBe('webgpu');
  }, PATIENCE);
  afterAll(() => engine?.stop());

  it(
    'in predictions, patterns and the logit lens',
    async () => {
      const golden = goldenJson('mouse-en');
      const read = await readAll(engine, golden.text);
      const tokens = golden.ids.length;
      expect([...read.ids]).toEqual(golden.ids);
      expect(largestDifference(read.logprob, golden.logprob)).toBeLessThan(1e-3);
      expect(largestDifference(read.entropyAfter, golden.entropy_bits)).toBeLessThan(1e-3);
      expect([...read.rank.subarray(1)]).toEqual(golden.rank.slice(1));

      const patterns = goldenAttention('mouse-en');
      for (const [layer, head] of [
        [0, 0],
        [18, 6],
        [29, 8],
      ] as const) {
        const at = (layer * 9 + head) * tokens * tokens;
        const { maximum } = await engine.attention({ trace: read.trace, layer, head });
        expect(largestDifference(maximum, patterns.subarray(at, at + tokens * tokens))).toBeLessThan(1e-4);
      }

      const layers = [0, 15, 30];
      const lens = await engine.logitLens({ trace: read.trace, layers, from: 0, to: tokens, topK: 5 });
      const expected = layers.flatMap(
        (layer) => golden.logit_lens?.[layer]?.flat().map(([, logprob]) => logprob) ?? [],
      );
      expect(largestDifference(lens.topLogprobs, expected)).toBeLessThan(1e-3);
    },
    PATIENCE,
  );

  it(
    'in a text that goes on from what another one left',
    async () => {
      const { text, spans, ids, logprob } = goldenJson('prose-512');
      const begin = (tokens: number) => text.slice(0, spans[tokens - 1]?.[1]);
      await engine.forward({ task: nextTask(), text: `${begin(75)} cheese` });
      const read = await readAll(engine, begin(90));
      expect(read.reused).toBeGreaterThan(0);
      expect([...read.ids]).toEqual(ids.slice(0, 90));
      expect(largestDifference(read.logprob, logprob.slice(0, 90))).toBeLessThan(1e-3);
    },
    PATIENCE,
  );

  it(
    'in what the last heads change',
    async () => {
      const { text, ablated } = goldenJson<{
        text: string;
        ablated: { layer: number; head: number; logprob: (number | null)[] }[];
      }>('ablation');
      const { trace, ids } = await readAll(engine, text);
      const last = ablated.filter(({ layer }) => layer >= 28);
      const position = ids.length - 1;
      const heads = last.map(({ layer, head }) => ({ layer, head }));
      const found = await withoutHeads(engine, { trace, position, heads });
      expect(
        largestDifference(
          found,
          last.map(({ logprob }) => logprob[position] ?? Number.NaN),
        ),
      ).toBeLessThan(1e-3);
    },
    PATIENCE,
  );

  it(
    'in what each part brings to a token, a head opened and a feed-forward part',
    async () => {
      const { ids, why, headSources } = whyGolden<Attributions>('smollm2-ioi');
      const { trace } = await engine.forwardTokens({ task: nextTask(), ids });
      const [{ position, token, against, heads, mlps, sources }] = why as [WhyGolden];
      const found = await engine.why({ trace, position, token, against });
      expect(largestDifference(found.heads, heads.flat())).toBeLessThan(1e-3);
      expect(largestDifference(found.mlps, mlps)).toBeLessThan(1e-3);
      expect(largestDifference(found.sources, sources)).toBeLessThan(1e-3);
      const [{ layer, head, values, norms }] = headSources as [HeadSourcesGolden];
      const opened = await engine.headSources({ trace, position, token, against, layer, head });
      expect(largestDifference(opened.values, values)).toBeLessThan(1e-3);
      expect(largestDifference(opened.norms, norms)).toBeLessThan(1e-3);
      const { total, remainder } = await engine.neurons({ trace, position, token, against, layer });
      expect(total).toBeCloseTo(mlps[layer] as number, 3);
      expect(Math.abs(remainder)).toBeLessThan(1e-3);
    },
    PATIENCE,
  );

  it(
    'in a continuation',
    async () => {
      const [first] = goldenJson<{ prompt: string; ids: number[]; logprob: number[] }[]>('generation');
      const { prompt, ids, logprob } = first ?? expect.fail('there is no continuation');
      const { trace } = await engine.forward({ task: nextTask(), text: prompt });
      const { tokens } = await engine.continuation({ task: nextTask(), trace, count: 2 });
      expect(tokens.map(({ id }) => id)).toEqual(ids.slice(0, 2));
      const found = tokens.map((token) => token.logprob);
      expect(largestDifference(found, logprob.slice(0, 2))).toBeLessThan(1e-3);
    },
    PATIENCE,
  );
});
