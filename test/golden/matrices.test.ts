import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { withMatrix } from '../../src/engine/matrix/file-matrix';
import { matrixImage } from '../../src/engine/matrix/matrix-image';
import { singularValues } from '../../src/engine/matrix/singular-values';
import { largestDifference } from '../support/compare';
import { TASK } from '../support/load-architecture';

/* Matrices of model files, as numpy has them: test/fixtures/matrices/make.py. */

interface Golden {
  path: string;
  name: string;
  number: number;
  picture: { blockRows: number; blockColumns: number; columns: number; cells: number; every97: number[] };
  spread: { minimum: number; maximum: number; mean: number; end: number };
  counts: number[];
  singularValues: { count: number; every29: number[] };
}

const FIXTURE = fileURLToPath(new URL('../fixtures/matrices/golden.json', import.meta.url));
const cases: Golden[] = JSON.parse(readFileSync(FIXTURE, 'utf8'));
const every = (values: Float32Array, step: number) => values.filter((_, i) => i % step === 0);

test.each(cases.map((one) => [one.name, one] as const))(
  '%s is drawn and measured as numpy has it',
  async (_, golden) => {
    const { path, name, number } = golden;
    const [image, singular] = await withMatrix({ path, adapter: undefined }, { name, number }, async (matrix) => [
      await matrixImage(matrix, TASK),
      await singularValues(matrix, TASK),
    ]);
    const { values, counts, minimum, maximum, mean, end, ...blocks } = image;
    const { every97, cells, ...size } = golden.picture;
    expect(blocks).toEqual(size);
    expect(values.length).toBe(cells);
    expect(largestDifference(every(values, 97), every97)).toBeLessThan(1e-6);
    const { spread } = golden;
    expect(largestDifference([minimum, maximum, mean, end], Object.values(spread))).toBeLessThan(1e-6);
    expect([...counts]).toEqual(golden.counts);
    expect(singular.length).toBe(golden.singularValues.count);
    const largest = singular[0] as number;
    expect(largestDifference(every(singular, 29), golden.singularValues.every29)).toBeLessThan(1e-6 * largest);
  },
);

test('a tensor or a matrix that is not there is said', async () => {
  const [{ path }] = cases as [Golden];
  const ask = (name: string, number: number) =>
    withMatrix({ path, adapter: undefined }, { name, number }, (matrix) => singularValues(matrix, TASK));
  await expect(ask('blk.99.ffn_gate.weight', 0)).rejects.toMatchObject({ code: 'request.range' });
  await expect(ask('blk.3.ffn_gate.weight', 1)).rejects.toMatchObject({ code: 'request.range' });
});
