import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Why } from '../../../src/shared/why-api';
import { idleOf, listedOf } from '../../../webviews/views/why/parts/head-rows';
import { agreementOf, effectOf } from '../../../webviews/views/why/parts/measured';
import { formatSigned } from '../../../webviews/views/why/parts/numbers';
import { directOf, strongestParts } from '../../../webviews/views/why/parts/part';
import { shuffled } from '../../../webviews/views/why/parts/shuffled';
import { type Step, stepsOf } from '../../../webviews/views/why/parts/steps';
import { axisOf, namedSteps } from '../../../webviews/views/why/parts/waterfall-axis';

const nats = fc.float({ min: -8, max: 8, noNaN: true });
const ATTENTION = [true, false, true];

/** Three layers of two heads, the second of them without attention. */
const whys = fc
  .record({
    embedding: nats,
    bias: nats,
    softCap: nats,
    remainder: nats,
    heads: fc.array(nats, { minLength: 4, maxLength: 4 }),
    layers: fc.array(fc.tuple(nats, nats), { minLength: 3, maxLength: 3 }),
    mixer: nats,
  })
  .map(({ heads: [a = 0, b = 0, c = 0, d = 0], layers, mixer, ...terms }): Why => {
    const parts = {
      heads: Float32Array.of(a, b, 0, 0, c, d),
      mixers: Float32Array.of(0, mixer, 0),
      attentionBiases: Float32Array.from(layers, ([bias]) => bias),
      mlps: Float32Array.from(layers, ([, mlp]) => mlp),
    };
    const all = [...Object.values(terms), ...Object.values(parts).flatMap((values) => [...values])];
    return {
      token: 1,
      against: 2,
      position: 3,
      logprobs: { token: -1, against: -2 },
      logitDifference: all.reduce((sum, value) => sum + value, 0),
      sources: Float32Array.of(a, b, c + d),
      ...terms,
      ...parts,
    };
  });

describe('the parts of the model', () => {
  test('step from nothing to the whole difference, each from where the one before ended', () => {
    fc.assert(
      fc.property(whys, (why) => {
        const steps = stepsOf(why);
        expect(steps.at(-1)?.to).toBeCloseTo(why.logitDifference, 3);
        for (const [i, { from }] of steps.entries()) expect(from).toBe(i === 0 ? 0 : steps[i - 1]?.to);
      }),
    );
  });

  test('are all compared, those that do most first, and a layer without attention by what it has in place of heads', () => {
    fc.assert(
      fc.property(whys, (why) => {
        const parts = strongestParts(why, 'parts', ATTENTION);
        const sizes = parts.map((part) => Math.abs(directOf(why, part)));
        expect(parts).toHaveLength(2 + 1 + 2 + 3);
        expect(sizes).toEqual(sizes.toSorted((one, other) => other - one));
        expect(parts).toContainEqual({ kind: 'attention', layer: 1 });
      }),
    );
  });
});

describe('what a part really does', () => {
  const measured = { base: Float32Array.of(-1, -3), logprobs: Float32Array.of(-2, -3, -0.5, -3) };

  test('is what the difference loses without it, and what becomes of the token', () => {
    const { total, logprobChange, without } = effectOf(measured, 0, { kind: 'gain', value: 0 });
    expect({ total, logprobChange, without }).toEqual({
      total: 1,
      logprobChange: -1,
      without: { token: -2, against: -3 },
    });
  });

  test.each([
    [0.5, 2],
    [2, -1],
  ])('is of the whole part where it is multiplied by %f', (value, total) => {
    expect(effectOf(measured, 0, { kind: 'gain', value }).total).toBe(total);
  });

  test.each([
    [1, 0.9, 'alike'],
    [0.05, -0.04, 'alike'],
    [2, 0.5, 'repaired'],
    [0.5, 2, 'amplified'],
    [1, -1, 'reversed'],
  ] as const)('of %f directly and %f in all is %s', (direct, total, agreement) => {
    expect(agreementOf(direct, total)).toBe(agreement);
  });
});

test('a number is never 0 for what is not 0, and has its sign where it has digits', () => {
  expect([1.234, -0.36, 0, 0.0002, -1e-9].map(formatSigned)).toEqual(['+1.2', '−0.36', '0', '<0.001', '<0.001']);
});

test('another text of the same words has them all, the first in its place', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1 }), (ids) => {
      const others = shuffled(ids);
      expect(others[0]).toBe(ids[0]);
      expect(others.toSorted()).toEqual(ids.toSorted());
    }),
  );
  const ids = Array.from({ length: 20 }, (_, i) => i);
  expect(shuffled(ids)).not.toEqual(ids);
});

test('the token that a head looks at most is listed, and is idle where it brings next to nothing', () => {
  const sources = (weights: number[], values: number[]) => ({
    weights: Float32Array.from(weights),
    values: Float32Array.from(values),
  });
  const sink = sources([0.9, 0.04, 0.03, 0.03], [0.001, 0.5, -0.3, 0.2]);
  expect(listedOf(sink, 2)).toEqual([1, 0]);
  expect(idleOf(sink)).toBe(0);
  expect(listedOf(sink, 4)).toEqual([1, 2, 3, 0]);
  expect(idleOf(sources([0.97, 0.03], [0.006, -0.001]))).toBe(0);
  expect(idleOf(sources([0.9, 0.1], [0.5, 0.1]))).toBeUndefined();
  expect(idleOf(sources([0.3, 0.4, 0.3], [0.5, 0, 0.1]))).toBeUndefined();
  expect(idleOf(sources([1], [-0.05]))).toBeUndefined();
});

test('of two long bars that follow each other only the longer has its name on the same side', () => {
  const step = (layer: number, from: number, to: number): Step => ({
    of: { kind: 'mlp', layer },
    value: to - from,
    from,
    to,
  });
  const [long, next, apart] = [step(0, 0, 3), step(1, 3, 1), step(2, 1, 2.5)];
  const steps = [long, next, apart, step(3, 2.5, 10)];
  expect(namedSteps(steps.slice(0, 3), axisOf(steps), 5)).toEqual(new Set([long, apart]));
  // One before and one after do not meet.
  const other = step(1, 3, 9);
  expect(namedSteps([long, other], axisOf([long, other]), 5)).toEqual(new Set([other, long]));
});
