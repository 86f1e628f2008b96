import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { largestDifference } from '../support/compare';
import { loadRequest, nextTask, startTestEngine } from '../support/engine';
import { CHANGED_CASES, NAMES_CASE } from '../support/why-cases';

const NATS = 2e-4;

const engine = startTestEngine();
afterAll(() => engine.stop());

describe.each([...CHANGED_CASES, NAMES_CASE].map((one) => [one.name, one] as const))('%s', (_, { path, golden }) => {
  let source: number;
  let trace: number;
  beforeAll(async () => {
    await engine.load(loadRequest({ path }));
    ({ trace: source } = await engine.forwardTokens({ task: nextTask(), ids: golden.ids }));
    ({ trace } = await engine.forwardTokens({ task: nextTask(), ids: golden.other }));
  });

  test.each(golden.patching.grids)('$site from one text in another equals PyTorch', async ({ logprobs, ...grid }) => {
    const { position, token, against, clean, corrupt } = golden.patching;
    const found = await engine.patchGrid({ task: nextTask(), trace, source, position, token, against, ...grid });
    expect(largestDifference(found.clean, clean)).toBeLessThan(NATS);
    expect(largestDifference(found.corrupt, corrupt)).toBeLessThan(NATS);
    expect(largestDifference(found.logprobs, logprobs.flat(2))).toBeLessThan(NATS);
  });

  test('a text patched with itself stays as it is', async () => {
    const { position, token, against, grids } = golden.patching;
    for (const { site, layers, columns } of grids) {
      const asked = { task: nextTask(), trace, source: trace, position, token, against, site, layers, columns };
      const found = await engine.patchGrid(asked);
      const pairs = Array.from({ length: found.logprobs.length / 2 }, () => [...found.corrupt]).flat();
      expect(largestDifference(found.logprobs, pairs), site).toBeLessThan(1e-5);
    }
  });
});

test('a grid of heads has no numbers where a layer has no attention', async () => {
  const { path, golden } = CHANGED_CASES.find(({ name }) => name === 'qwen35') ?? NAMES_CASE;
  await engine.load(loadRequest({ path }));
  const { trace } = await engine.forwardTokens({ task: nextTask(), ids: golden.other });
  const { trace: source } = await engine.forwardTokens({ task: nextTask(), ids: golden.ids });
  const { grids, ...asked } = golden.patching;
  const columns = { from: 0, to: 2 };
  const grid = (from: number, to: number) =>
    engine.patchGrid({ ...asked, task: nextTask(), trace, source, site: 'head', layers: { from, to }, columns });
  const { logprobs } = await grid(0, 4);
  // Of its four layers the last alone has attention.
  expect([...logprobs.subarray(0, 12)].every(Number.isNaN)).toBe(true);
  expect(logprobs.subarray(12)).toEqual((await grid(3, 4)).logprobs);
});
