import { describe, expect, it } from 'vitest';
import {
  bytesOfWeights,
  codedSize,
  rowAt,
  rowsOfTriangle,
  triangleAt,
  triangleOf,
  triangleSize,
  weightsOfBytes,
} from '../../../src/recording/coded-weights';
import { wholeTokens } from '../../../src/recording/recording';

describe('weights in bytes', () => {
  it.each([
    [0, 0],
    [1e-6, 6.2e-8],
    [1e-4, 6.2e-7],
    [0.01, 6.2e-6],
    [0.5, 4.4e-5],
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

  it('of triangles one after another give any row without the others', () => {
    const side = 5;
    const size = triangleSize(side);
    const weights = Float32Array.from({ length: 3 * size }, (_, i) => (i % 97) / 97);
    const parts = [0, 1, 2].map((at) => bytesOfWeights(weights.subarray(at * size, (at + 1) * size)));
    const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
    for (const [at, row] of [0, 1, 2].flatMap((at) => [0, 1, 2, 3, 4].map((row) => [at, row] as const))) {
      const whole = triangleAt(bytes, at, side).subarray(triangleSize(row), triangleSize(row + 1));
      expect([...rowAt(bytes, at, side, row)]).toEqual([...whole]);
    }
  });

  it.each([4, 270, 1024])('of all %d heads are whole in a page as long as they take under 22 MB of it', (heads) => {
    const letters = (tokens: number) => Math.ceil((heads * codedSize(triangleSize(tokens))) / 3) * 4;
    const tokens = wholeTokens(heads);
    expect(letters(tokens)).toBeLessThan(22e6);
    expect(tokens).toBeGreaterThan(100);
  });
});
