import { expect, test } from 'vitest';
import { float32, floats } from '../../../src/engine/tensors';
import type { Graph, Value } from '../../../src/model/onnx/graph';
import { linear } from '../../../src/model/onnx/matrix';
import * as operations from '../../../src/model/onnx/operations';
import { largestDifference } from '../../support/compare';

import { runGraph } from '../../support/run-graph';

const ROWS = 3;
const WIDTH = 8;
/** [ROWS, WIDTH], between -2 and 2, no two alike. */
const x = Float32Array.from({ length: ROWS * WIDTH }, (_, i) => 2 * Math.sin(1 + i * i));
const gain = Float32Array.from({ length: WIDTH }, (_, i) => 0.5 + i / 4);
const rows = Array.from({ length: ROWS }, (_, row) => [...x.subarray(row * WIDTH, (row + 1) * WIDTH)]);

const exponentials = (row: number[]) => row.map(Math.exp);
const total = (values: number[]) => values.reduce((sum, value) => sum + value, 0);

const twoRows = (g: Graph) => g.constant('float32', [...gain, ...x.subarray(0, WIDTH)], [2, WIDTH]);
const productsOf = (row: number[]) =>
  [gain, rows[0] ?? []].map((weight) => total(row.map((value, i) => value * (weight[i] as number))));

async function apply(operation: (g: Graph, x: Value) => Value): Promise<Float32Array> {
  const build = (g: Graph) => {
    const input = g.input('x', 'float32', ['T', WIDTH]);
    g.output('y', operation(g, input), 'float32', ['A', 'B']);
  };
  const [result] = await runGraph(build, { x: float32(x, ROWS, WIDTH) });
  return floats(result);
}

test.each<[string, (g: Graph, x: Value) => Value, number[][]]>([
  ['silu', operations.silu, rows.map((row) => row.map((value) => value / (1 + Math.exp(-value))))],
  ['softmax', operations.softmax, rows.map((row) => exponentials(row).map((e) => e / total(exponentials(row))))],
  [
    'rmsNorm',
    (g, value) => operations.rmsNorm(g, value, g.constant('float32', [...gain]), 0.5),
    rows.map((row) => {
      const root = Math.sqrt(total(row.map((value) => value * value)) / WIDTH + 0.5);
      return row.map((value, i) => (value / root) * (gain[i] as number));
    }),
  ],
  ['linear', (g, value) => linear(g, value, { value: twoRows(g) }), rows.map((row) => productsOf(row))],
  [
    'linear with a bias',
    (g, value) => linear(g, value, { value: twoRows(g) }, g.constant('float32', [0.5, -3])),
    rows.map((row) => productsOf(row).map((product, i) => product + ([0.5, -3][i] as number))),
  ],
])('%s follows its formula', async (_, operation, expected) => {
  expect(largestDifference(await apply(operation), expected.flat())).toBeLessThan(1e-5);
});

test('gatherPart takes the part of every row that an index names', async () => {
  const parts = [2, 0, 1];
  const build = (g: Graph) => {
    const input = g.input('x', 'float32', [1, 3, 3, 2]);
    g.output('y', operations.gatherPart(g, input, g.constant('int64', parts, [1, 3, 1])), 'float32', ['A', 'B', 'C']);
  };
  const values = Float32Array.from({ length: 18 }, (_, i) => i);
  const [result] = await runGraph(build, { x: float32(values, 1, 3, 3, 2) });
  const expected = parts.flatMap((part, row) => [...values.subarray(row * 6 + part * 2, row * 6 + part * 2 + 2)]);
  expect([...floats(result)]).toEqual(expected);
});

test('rotary turns every pair of every head by the angle of its position', async () => {
  const frequencies = [1, 0.25];
  const positions = [0, 3, 7];
  const angles = positions.map((position) => frequencies.map((frequency) => position * frequency));
  const half = frequencies.length;
  const turned = await apply((g, value) => {
    const table = (of: (angle: number) => number) => g.constant('float32', angles.flat().map(of), [ROWS, half]);
    return operations.rotary(g, value, { cosines: table(Math.cos), sines: table(Math.sin) });
  });
  // A pair (a, b) is the complex number a + bi, multiplied by e^(i·angle).
  const expected = rows.map((row, t) =>
    row.map((_, i) => {
      const [first, isSecond] = [i - (i % (2 * half)) + (i % half), i % (2 * half) >= half];
      const [a, b] = [row[first] as number, row[first + half] as number];
      const angle = angles[t]?.[i % half] as number;
      return isSecond ? a * Math.sin(angle) + b * Math.cos(angle) : a * Math.cos(angle) - b * Math.sin(angle);
    }),
  );
  expect(largestDifference(turned, expected.flat())).toBeLessThan(1e-5);
});

test('topK gives the largest and where they stand, the largest first', async () => {
  const build = (g: Graph) => {
    const [values, ids] = operations.topK(g, g.input('x', 'float32', ['T', WIDTH]), 3);
    g.output('values', values, 'float32', ['T', 3]);
    g.output('ids', ids, 'int64', ['T', 3]);
  };
  const [values, ids] = await runGraph(build, { x: float32(x, ROWS, WIDTH) });
  const best = rows.map((row) => row.toSorted((a, b) => b - a).slice(0, 3));
  expect([...floats(values)]).toEqual(best.flat());
  const expectedIds = best.flatMap((three, t) => three.map((value) => rows[t]?.indexOf(value)));
  expect(Array.from(ids?.data as BigInt64Array, Number)).toEqual(expectedIds);
});

test('maximumOfRuns gives the largest of every run, also where all are negative', async () => {
  const runs = (g: Graph, value: Value) => operations.maximumOfRuns(g, operations.reshape(g, value, [ROWS, -1, 4]));
  const negative = (g: Graph, value: Value) => operations.subtract(g, value, g.constant('float32', [5]));
  const halves = rows.flatMap((row) => [row.slice(0, 4), row.slice(4)]);
  const result = await apply((g, value) => operations.dropAxis(g, runs(g, negative(g, value)), 2));
  expect(
    largestDifference(
      result,
      halves.map((run) => Math.max(...run) - 5),
    ),
  ).toBeLessThan(1e-6);
});
