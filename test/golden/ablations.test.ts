import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { largestDifference } from '../support/compare';
import { loadRequest, nextTask, startTestEngine } from '../support/engine';
import { CHANGED_CASES, NAMES_CASE } from '../support/why-cases';

/* Parts of a model, and of a text, taken away. PyTorch in float32 is off float64 by up to 4e-5 nats here. */
const NATS = 2e-4;

const engine = startTestEngine();
afterAll(() => engine.stop());

describe.each([...CHANGED_CASES, NAMES_CASE].map((one) => [one.name, one] as const))('%s', (_, { path, golden }) => {
  let trace: number;
  let other: number;
  beforeAll(async () => {
    await engine.load(loadRequest({ path }));
    ({ trace: other } = await engine.forwardTokens({ task: nextTask(), ids: golden.other }));
    ({ trace } = await engine.forwardTokens({ task: nextTask(), ids: golden.ids }));
  });

  test('each part by itself, by a gain, its mean or another text, does what it does in PyTorch', async () => {
    for (const { by, parts, base, logprobs, position, token, against } of golden.ablations) {
      const asked = { task: nextTask(), trace, position, token, against, parts };
      const found = await engine.ablations({ ...asked, by: by.kind === 'resample' ? { ...by, trace: other } : by });
      expect(largestDifference(found.base, base)).toBeLessThan(NATS);
      for (const [i, part] of parts.entries()) {
        const difference = largestDifference(found.logprobs.subarray(2 * i, 2 * i + 2), logprobs[i] as number[]);
        expect(difference, `${JSON.stringify(by)} of ${JSON.stringify(part)}`).toBeLessThan(NATS);
      }
      expect(found.logprobs.length).toBe(2 * parts.length);
    }
  });

  test('spans that are hidden, or replaced, change later tokens as in PyTorch', async () => {
    for (const { base, logprobs, ...asked } of golden.occlusions) {
      const found = await engine.occlusion({ task: nextTask(), trace, ...asked });
      expect(largestDifference(found.base, base)).toBeLessThan(NATS);
      expect(largestDifference(found.logprobs, logprobs.flat())).toBeLessThan(NATS);
    }
  });
});

describe('the heads that carry " Mary"', () => {
  const { path, golden } = NAMES_CASE;
  const [asked] = golden.why.map(({ position, token, against }) => ({ position, token, against }));
  let trace: number;
  beforeAll(async () => {
    await engine.load(loadRequest({ path }));
    ({ trace } = await engine.forwardTokens({ task: nextTask(), ids: golden.ids }));
  });

  test('every head of the model, tried by itself', async () => {
    const heads = golden.why[0]?.heads.flatMap((row, layer) =>
      row.map((_, head) => ({ kind: 'head' as const, layer, head })),
    );
    const found = await engine.ablations({
      task: nextTask(),
      trace,
      ...asked,
      position: golden.ids.length,
      parts: heads ?? [],
    });
    expect(largestDifference(found.logprobs, golden.everyHead.flat())).toBeLessThan(1e-3);
  });

  test.each(golden.strongestThree)(
    'the three strongest, $by, are those of PyTorch, and so is the answer without them',
    async ({ by, heads, logprobs, answer }) => {
      expect(await strongest(by)).toEqual(heads);
      const headMask = heads.map((head) => ({ ...head, value: 0 }));
      const without = await engine.forwardTokens({ task: nextTask(), ids: golden.ids, headMask });
      const after = await engine.distribution({ trace: without.trace, position: golden.ids.length - 1 });
      expect(
        largestDifference([after[asked?.token ?? 0] as number, after[asked?.against ?? 0] as number], logprobs),
      ).toBeLessThan(1e-3);
      expect(after.indexOf(Math.max(...after))).toBe(answer);
    },
  );

  async function strongest(by: 'direct' | 'total') {
    const position = golden.ids.length;
    const why = await engine.why({ trace, ...asked, position });
    const width = why.heads.length / why.mlps.length;
    const addresses = [...why.heads.keys()].map((i) => ({ layer: Math.floor(i / width), head: i % width }));
    const effects = by === 'direct' ? why.heads : await totals(addresses);
    const order = [...addresses.keys()].sort((a, b) => (effects[b] as number) - (effects[a] as number));
    return order.slice(0, 3).map((i) => addresses[i]);
  }

  /** By how much less the logit difference is without each head. */
  async function totals(heads: { layer: number; head: number }[]): Promise<number[]> {
    const parts = heads.map((head) => ({ kind: 'head' as const, ...head }));
    const found = await engine.ablations({ task: nextTask(), trace, ...asked, position: golden.ids.length, parts });
    return parts.map((_, i) => (found.logprobs[2 * i + 1] as number) - (found.logprobs[2 * i] as number));
  }
});
