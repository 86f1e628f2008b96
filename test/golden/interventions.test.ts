import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { largestDifference } from '../support/compare';
import { loadRequest, nextTask, startTestEngine } from '../support/engine';
import { CHANGED_CASES, NAMES_CASE, type RunGolden } from '../support/why-cases';

/* Whole texts read with something changed: heads, tokens that are hidden, what stands at a place, vectors that are added. */

const NATS = 2e-4;

const engine = startTestEngine();
afterAll(() => engine.stop());

describe.each([...CHANGED_CASES, NAMES_CASE].map((one) => [one.name, one] as const))('%s', (_, { path, golden }) => {
  const { ids, steeringScale, patching } = golden;
  let source: number;
  let steering: Float32Array<ArrayBuffer>;
  beforeAll(async () => {
    const { numHiddenLayers, hiddenSize } = await engine.load(loadRequest({ path }));
    steering = Float32Array.from({ length: numHiddenLayers * hiddenSize }, (_, i) => steeringScale * Math.sin(i + 1));
    ({ trace: source } = await engine.forwardTokens({ task: nextTask(), ids: golden.other }));
  });

  const changeOf = ({ headMask, hidden, patches, steered }: RunGolden) => ({
    headMask,
    hidden,
    patches: patches.map((patch) => ({ ...patch, source: { ...patch.source, trace: source } })),
    ...(steered && { steering }),
  });

  test.each(golden.runs.map((run) => [nameOf(run), run] as const))('%s: every token as in PyTorch', async (_, run) => {
    const { trace } = await engine.forwardTokens({ task: nextTask(), ids, ...changeOf(run) });
    const { logprob } = await engine.predictions({ trace, from: 0, to: ids.length });
    expect(largestDifference(logprob.subarray(1), run.logprobs)).toBeLessThan(NATS);
    const after = await engine.distribution({ trace, position: ids.length - 1 });
    const pair = [patching.token, patching.against].map((id) => after[id] as number);
    expect(largestDifference(pair, run.after)).toBeLessThan(NATS);
    const scored = await engine.score({ task: nextTask(), ids, ...changeOf(run) });
    expect(largestDifference(scored.subarray(1), run.logprobs)).toBeLessThan(NATS);
  });
});

const nameOf = ({ headMask, hidden, patches, steered }: RunGolden) =>
  [
    ...(headMask.length > 0 ? ['heads'] : []),
    ...(hidden.length > 0 ? ['hidden tokens'] : []),
    ...patches.map(({ site, layer, position }) => `${site} ${layer} at ${position}`),
    ...(steered ? ['steering'] : []),
  ].join(', ');
