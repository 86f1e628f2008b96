import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rotaryOrder } from '../../../src/model/architectures/rope';

const shape = fc
  .record({ half: fc.integer({ min: 1, max: 8 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ half, share }) => ({ headDim: 2 * half, pairs: Math.max(1, Math.round(half * share)) }));
const numbers = fc.array(fc.double({ min: -2, max: 2, noNaN: true }), { minLength: 16, maxLength: 16 });

test.each(['halves', 'neighbours'] as const)('moving rows (%s) changes no score of a query and a key', (pairing) => {
  fc.assert(
    fc.property(shape, numbers, numbers, numbers, ({ headDim, pairs }, query, key, angles) => {
      const pairOf = (i: number) => (pairing === 'halves' ? [i, i + pairs] : [2 * i, 2 * i + 1]);
      const own = (x: number[]) => rotated(x.slice(0, headDim), pairs, pairOf, angles);
      // What does not rotate in the checkpoint is a pair of angle 0 in a graph.
      const all = angles.map((angle, i) => (i < pairs ? angle : 0));
      const order = rotaryOrder(headDim, 2 * pairs, pairing) ?? Array.from({ length: headDim }, (_, i) => i);
      const moved = (x: number[]) => order.map((from) => x[from] as number);
      const halves = (i: number) => [i, i + headDim / 2];
      const graph = (x: number[]) => rotated(moved(x), headDim / 2, halves, all);
      expect(dot(graph(query), graph(key))).toBeCloseTo(dot(own(query), own(key)), 9);
      expect(order.toSorted((a, b) => a - b)).toEqual(Array.from({ length: headDim }, (_, i) => i));
    }),
  );
});

/** A pair (a, b) is the complex number a + bi, multiplied by e^(i·angle). A query is rotated by its angles, a key by twice these. */
function rotated(x: number[], pairs: number, pairOf: (i: number) => number[], angles: number[]): number[] {
  const result = [...x];
  for (let i = 0; i < pairs; i++) {
    const [first, second] = pairOf(i) as [number, number];
    const [a, b, angle] = [x[first] as number, x[second] as number, angles[i] as number];
    result[first] = a * Math.cos(angle) - b * Math.sin(angle);
    result[second] = a * Math.sin(angle) + b * Math.cos(angle);
  }
  return result;
}

const dot = (a: number[], b: number[]): number => a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
