import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { largestDifference } from '../support/compare';
import { loadRequest, nextTask, startTestEngine } from '../support/engine';
import { whyNoWebgpu } from '../support/webgpu';
import { CHANGED_CASES } from '../support/why-cases';

const missing = await whyNoWebgpu();

/** Software Vulkan takes seconds for the first run of a kind. */
const PATIENCE = 300_000;
const NATS = 1e-3;

const CASES = CHANGED_CASES.filter(({ name }) => name === 'llama-biases').map((one) => [one.name, one] as const);

describe.skipIf(missing !== undefined).each(CASES)('WebGPU agrees with PyTorch on %s', (_, { path, golden }) => {
  const engine = startTestEngine();
  let trace: number;
  let other: number;
  beforeAll(async () => {
    await engine.load(loadRequest({ path, provider: 'webgpu' }));
    ({ trace: other } = await engine.forwardTokens({ task: nextTask(), ids: golden.other }));
    ({ trace } = await engine.forwardTokens({ task: nextTask(), ids: golden.ids }));
  }, PATIENCE);
  afterAll(() => engine.stop());

  it(
    'in parts that are taken away',
    async () => {
      for (const { by, parts, logprobs, position, token, against } of golden.ablations) {
        const asked = { task: nextTask(), trace, position, token, against, parts };
        const found = await engine.ablations({ ...asked, by: by.kind === 'resample' ? { ...by, trace: other } : by });
        expect(largestDifference(found.logprobs, logprobs.flat())).toBeLessThan(NATS);
      }
    },
    PATIENCE,
  );

  it(
    'in spans that are hidden or replaced',
    async () => {
      for (const { base, logprobs, ...asked } of golden.occlusions) {
        const found = await engine.occlusion({ task: nextTask(), trace, ...asked });
        expect(largestDifference(found.base, base)).toBeLessThan(NATS);
        expect(largestDifference(found.logprobs, logprobs.flat())).toBeLessThan(NATS);
      }
    },
    PATIENCE,
  );

  it(
    'in patches',
    async () => {
      const { position, token, against, grids } = golden.patching;
      for (const { logprobs, ...grid } of grids) {
        const asked = { task: nextTask(), trace: other, source: trace, position, token, against };
        const found = await engine.patchGrid({ ...asked, ...grid });
        expect(largestDifference(found.logprobs, logprobs.flat(2)), grid.site).toBeLessThan(NATS);
      }
    },
    PATIENCE,
  );
});
