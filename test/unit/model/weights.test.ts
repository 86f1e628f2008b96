import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PlacedPart, type PlacedWeight, placeWeights, type WeightSpec } from '../../../src/model/weights';
import { writeWeights } from '../../../src/model/write-weights';
import { checkpointOfTensors } from '../../support/checkpoint-of';
import { temporaryFolder } from '../../support/temporary-folder';

const PAGE = 4096;
const FIRST_ROWS_SWAPPED = {
  start: 0,
  size: 1025,
  stride: 1025,
  order: [1, 0, ...Array.from({ length: 1023 }, (_, i) => i + 2)],
};

describe('placeWeights', () => {
  test('gives every weight its own pages, in the order of the list', () => {
    const shapes = fc.array(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 3 }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(shapes, (all) => {
        const specs = all.map((shape, i): WeightSpec => ({ name: `w${i}`, shape, source: { tensor: `t${i}` } }));
        const [placed, total] = placeWeights(specs);
        let end = 0;
        for (const { name, shape } of specs) {
          const [weight] = (placed.get(name) as PlacedWeight).parts as [PlacedPart];
          expect(weight.byteLength).toBe(4 * shape.reduce((product, size) => product * size, 1));
          expect(weight.offset % PAGE).toBe(0);
          expect(weight.offset).toBeGreaterThanOrEqual(end);
          end = weight.offset + weight.byteLength;
        }
        expect(total).toBeGreaterThanOrEqual(end);
        expect(total - end).toBeLessThan(PAGE);
      }),
    );
  });
});

describe('writeWeights', () => {
  const matrix = Float32Array.from({ length: 12 }, (_, i) => i - 5.5);
  /** More than is converted at a time, and no multiple of it. */
  const large = Float32Array.from({ length: 1025 * 4100 }, (_, i) => i % 1021);

  async function write(specs: WeightSpec[], options?: Parameters<typeof writeWeights>[5]) {
    const tensors = { matrix: { shape: [3, 4], data: matrix }, large: { shape: [1025, 4100], data: large } };
    const path = join(temporaryFolder(), 'weights.bin');
    const [placed, bytes] = placeWeights(specs);
    await writeWeights(path, checkpointOfTensors(tensors), specs, placed, bytes, options);
    const contents = readFileSync(path);
    expect(contents.length).toBe(bytes);
    return (name: string) => {
      const [{ offset, byteLength }] = (placed.get(name) as PlacedWeight).parts as [PlacedPart];
      return new Float32Array(
        contents.buffer.slice(contents.byteOffset + offset, contents.byteOffset + offset + byteLength),
      );
    };
  }

  const specs: WeightSpec[] = [
    { name: 'plain', shape: [3, 4], source: { tensor: 'matrix' } },
    { name: 'scaled', shape: [3, 4], source: { tensor: 'matrix', scale: 0.25 } },
    { name: 'computed', shape: [2], source: { values: () => Float32Array.of(7, -7) } },
    { name: 'large', shape: [1025, 4100], source: { tensor: 'large', scale: 2 } },
    { name: 'moved', shape: [1025, 4100], source: { tensor: 'large', rows: FIRST_ROWS_SWAPPED } },
  ];

  test('writes what the file holds, scaled or computed, each at its place', async () => {
    const weight = await write(specs);
    expect(weight('plain')).toEqual(matrix);
    expect(weight('scaled')).toEqual(matrix.map((value) => value / 4));
    expect(weight('computed')).toEqual(Float32Array.of(7, -7));
    const moved = Float32Array.from([...large.subarray(4100, 8200), ...large.subarray(0, 4100)]);
    expect(weight('moved').subarray(0, 8200)).toEqual(moved);
    expect(weight('moved').subarray(1024 * 4100)).toEqual(large.subarray(1024 * 4100));
    expect(Buffer.from(weight('large').buffer).equals(Buffer.from(large.map((value) => value * 2).buffer))).toBe(true);
  });

  test('tells how far it is, and comes to the end', async () => {
    const reports: [number, number][] = [];
    await write(specs, { progress: (done, total) => reports.push([done, total]) });
    const done = reports.map(([bytes]) => bytes);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(reports.length).toBeGreaterThan(specs.length);
    const [last, total] = reports.at(-1) ?? [0, 0];
    expect(total - last).toBeLessThan(PAGE);
  });

  test('stops where it is when it is cancelled', async () => {
    const controller = new AbortController();
    let reports = 0;
    const progress = () => {
      reports++;
      controller.abort();
    };
    await expect(write(specs, { signal: controller.signal, progress })).rejects.toMatchObject({ name: 'AbortError' });
    expect(reports).toBe(1);
  });
});
