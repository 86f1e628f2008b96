import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultModelPath } from '../../../models/catalogue';
import { forwardFlops } from '../../../src/anatomy/flops';
import { HARDWARE } from '../../../src/anatomy/hardware';
import {
  attainable,
  bestLimits,
  intensity,
  leastPassSeconds,
  leastSeconds,
  type PassShape,
  passWork,
  reachedLimits,
  ridge,
  sumOfWork,
} from '../../../src/anatomy/roofline';
import { modelAnatomy } from '../../../src/model/anatomy';
import { openCheckpoint } from '../../../src/model/checkpoint/open';
import { modelFileOf } from '../../../src/model/model-file';
import type { ModelAnatomy } from '../../../src/shared/anatomy-api';
import { atOnce } from '../../../src/tokenizer/slices';

const rate = fc.double({ min: 1, max: 1e16, noNaN: true });
const limits = fc.record({ flopsPerSecond: rate, bytesPerSecond: rate });
const work = fc.record({ flops: rate, bytes: rate });

describe('a roofline', () => {
  it('is the lower of two lines, which meet at the ridge', () => {
    fc.assert(
      fc.property(work, limits, (of, machine) => {
        const reached = attainable(of, machine);
        expect(reached).toBeLessThanOrEqual(machine.flopsPerSecond);
        expect(reached).toBeLessThanOrEqual(intensity(of) * machine.bytesPerSecond);
        const isBeyond = intensity(of) >= ridge(machine) * (1 + 1e-9);
        if (isBeyond) expect(reached).toBe(machine.flopsPerSecond);
        expect((leastSeconds(of, machine) * reached) / of.flops).toBeCloseTo(1, 9);
      }),
    );
  });

  it('asks for no more time than what was measured took', () => {
    const measured = fc.array(fc.record({ of: work, seconds: fc.double({ min: 1e-6, max: 1e3, noNaN: true }) }));
    fc.assert(
      fc.property(measured, limits, (all, machine) => {
        const raised = bestLimits([machine, ...all.map(({ of, seconds }) => reachedLimits(of, seconds))]);
        for (const { of, seconds } of all) expect(leastSeconds(of, raised)).toBeLessThanOrEqual(seconds * (1 + 1e-9));
        expect(raised.flopsPerSecond).toBeGreaterThanOrEqual(machine.flopsPerSecond);
      }),
    );
  });

  // As LLM-Viewer's table of hardware gives them.
  it.each([
    ['a100', 201],
    ['h100', 322],
  ] as const)('of an %s has its ridge at %i operations a byte', (name, operations) => {
    expect(Math.round(ridge(HARDWARE[name]))).toBe(operations);
  });
});

describe('the model that comes with Vitrine', () => {
  const checkpoint = openCheckpoint(defaultModelPath());
  const { config, specs } = atOnce(modelFileOf(checkpoint));
  const anatomy = modelAnatomy(checkpoint, config, specs);
  checkpoint.close();
  const half: PassShape = { tokens: 512, batch: 1, weightBytes: 2, numberBytes: 2, attention: 'fused' };
  const all = (shape: PassShape, of = anatomy) => sumOfWork(Object.values(passWork(of, shape)));

  it('has as many operations by part as in all', () => {
    expect(all(half).flops).toBe(forwardFlops(anatomy, 512, 'causal').total);
    expect(all({ ...half, attention: 'unfused' }).flops).toBe(forwardFlops(anatomy, 512, 'full').total);
  });

  it('writes one token at one operation a byte, as its weights and its cache are read', () => {
    const step = all({ ...half, tokens: 16, from: 15 });
    expect(Math.abs(intensity(step) - 1)).toBeLessThan(0.02);
    // A weight and a pair of a key and a value are read once: 2 · 134.5M, and 23,040 a token. The rest is small.
    const least = 2 * anatomy.parameters + 23_040 * 16;
    expect(step.bytes).toBeGreaterThan(least);
    expect(step.bytes).toBeLessThan(1.02 * least);
    const seconds = leastPassSeconds(passWork(anatomy, { ...half, tokens: 16, from: 15 }), HARDWARE.a100);
    expect(seconds / (step.bytes / HARDWARE.a100.bytesPerSecond)).toBeCloseTo(1, 6);
  });

  it('is limited by the processor in a batch as large as the ridge, and only there', () => {
    const { mlp } = passWork(anatomy, { ...half, from: 511, batch: 8 });
    expect(attainable(mlp, HARDWARE.a100)).toBeLessThan(HARDWARE.a100.flopsPerSecond);
    const { mlp: large } = passWork(anatomy, { ...half, from: 511, batch: 2048 });
    expect(attainable(large, HARDWARE.a100)).toBe(HARDWARE.a100.flopsPerSecond);
  });

  it('moves four numbers more for every score where attention is not fused', () => {
    const of = (attention: 'fused' | 'unfused', tokens: number) =>
      passWork(anatomy, { ...half, tokens, attention }).scores.bytes;
    for (const tokens of [1, 512, 4096]) {
      expect(of('unfused', tokens) - of('fused', tokens)).toBe(4 * 2 * 30 * 9 * tokens ** 2);
    }
  });

  it('moves more with every token, text and byte, and reads its weights once for all texts', () => {
    const counts = fc.record({ tokens: fc.integer({ min: 1, max: 4096 }), batch: fc.integer({ min: 1, max: 64 }) });
    fc.assert(
      fc.property(counts, ({ tokens, batch }) => {
        const { bytes } = all({ ...half, tokens, batch });
        expect(all({ ...half, tokens: tokens + 1, batch }).bytes).toBeGreaterThan(bytes);
        expect(all({ ...half, tokens, batch, weightBytes: 4 }).bytes).toBeGreaterThan(bytes);
        expect(all({ ...half, tokens, batch: 2 * batch }).bytes).toBeLessThan(2 * bytes);
      }),
    );
  });
});

it('experts are read as far as a token is likely to go there', () => {
  const experts: ModelAnatomy = {
    parameters: 0,
    tensors: [
      // 8 experts of which a token sees 2.
      { name: 'experts', part: 'mlp', roles: ['experts.up'], shape: [8, 40, 10], elements: 3200, products: 800 },
    ].map((tensor) => ({ ...tensor, part: 'mlp', type: 'F32', bytes: 0 })),
    layers: [],
    hiddenSize: 10,
    vocabSize: 1,
    contextLength: 1,
    tieWordEmbeddings: true,
  };
  const bytes = (tokens: number) =>
    passWork(experts, { tokens, batch: 1, weightBytes: 1, numberBytes: 0, attention: 'fused' }).mlp.bytes;
  expect(bytes(1)).toBe(800);
  expect(bytes(2)).toBe(3200 * (1 - 0.75 ** 2));
  expect(bytes(500)).toBeCloseTo(3200, 6);
});
