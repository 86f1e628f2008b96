import { describe, expect, it } from 'vitest';
import { bytesOfWeights, rowsOfTriangle, triangleOf, weightsOfBytes } from '../../src/shared/weights';

describe('weights in bytes', () => {
  it.each([
    [0, 0],
    [1e-6, 2.5e-7],
    [1e-4, 2.5e-6],
    [0.01, 2.5e-5],
    [0.5, 1.8e-4],
    [1, 0],
    [1 + 1e-6, 1e-5],
  ])('come back near what they were: %d within %d', (weight, precision) => {
    const back = weightsOfBytes(bytesOfWeights(Float32Array.of(weight, 0.25, weight)));
    expect([...back]).toHaveLength(3);
    for (const at of [0, 2]) expect(Math.abs((back[at] ?? Number.NaN) - weight)).toBeLessThanOrEqual(precision);
  });

  it('of a causal pattern take half the place, and any rows of it come back', () => {
    const square = Float32Array.of(1, 0, 0, 2, 3, 0, 4, 5, 6);
    const triangle = triangleOf(square, 3);
    expect([...triangle]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...rowsOfTriangle(triangle, 0, 3)]).toEqual([...square]);
    expect([...rowsOfTriangle(triangle, 1, 2)]).toEqual([2, 3]);
  });
});
