import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { float32, int64 } from '../../../src/engine/tensors';
import { runGraph } from '../../support/run-graph';
import { temporaryFolder } from '../../support/temporary-folder';

test('constants come out as they went in', async () => {
  const floats = [0, -0, 1.5, -3.4e38, 1e-45, Number.POSITIVE_INFINITY];
  const integers = [0, -1, 2 ** 53 - 1, -(2 ** 53) + 1];
  const results = await runGraph((g) => {
    g.output('floats', g.node('Identity', [g.constant('float32', floats)]), 'float32', [6]);
    g.output('integers', g.node('Identity', [g.constant('int64', integers)]), 'int64', [4]);
    g.output('matrix', g.node('Identity', [g.constant('float32', [1, 2, 3, 4, 5, 6], [2, 3])]), 'float32', [2, 3]);
  });
  expect(results[0]?.data).toEqual(Float32Array.from(floats));
  expect(results[1]?.data).toEqual(BigInt64Array.from(integers, BigInt));
  expect(results[2]?.dims).toEqual([2, 3]);
});

test('attributes of every kind reach their operator', async () => {
  const x = float32(Float32Array.of(-1, 2, -3, 4), 2, 2);
  const results = await runGraph(
    (g) => {
      const input = g.input('x', 'float32', [2, 2]);
      const attributes = { alpha: { float: 0.5 } };
      g.output('float', g.node('LeakyRelu', [input], { attributes }), 'float32', [2, 2]);
      const permuted = g.node('Transpose', [input], { attributes: { perm: { ints: [1, 0] } } });
      g.output('ints', permuted, 'float32', [2, 2]);
      const joined = g.node('Concat', [input, input], { attributes: { axis: { int: -1 } } });
      g.output('int', joined, 'float32', [2, 4]);
    },
    { x },
  );
  expect(results.map(({ data }) => [...(data as Float32Array)])).toEqual([
    [-0.5, 2, -1.5, 4],
    [-1, -3, 2, 4],
    [-1, 2, -1, 2, -3, 4, -3, 4],
  ]);
});

test('weights are read from their places in the file beside the graph', async () => {
  const folder = temporaryFolder();
  const file = Buffer.alloc(4096 + 8);
  file.writeFloatLE(1, 0);
  file.writeFloatLE(2, 4096);
  file.writeFloatLE(3, 4100);
  writeFileSync(join(folder, 'w.bin'), file);
  const build = (g: Parameters<Parameters<typeof runGraph>[0]>[0]) => {
    const a = g.weight('a', [1], { file: 'w.bin', offset: 0, byteLength: 4 });
    const b = g.weight('b', [2], { file: 'w.bin', offset: 4096, byteLength: 8 });
    g.output('sum', g.node('Add', [a, b]), 'float32', [2]);
  };
  const results = await runGraph(build, {}, folder);
  expect(results[0]?.data).toEqual(Float32Array.of(3, 4));
});

test('a value that is named as an output still feeds the nodes after it', async () => {
  const results = await runGraph(
    (g) => {
      const negative = g.node('Neg', [g.input('x', 'float32', ['N'])]);
      g.output('negative', negative, 'float32', ['N']);
      g.output('back', g.node('Neg', [negative]), 'float32', ['N']);
    },
    { x: float32(Float32Array.of(1, -2), 2) },
  );
  expect(results.map(({ data }) => data)).toEqual([Float32Array.of(-1, 2), Float32Array.of(1, -2)]);
});

test('a dimension with a name takes any size', async () => {
  for (const size of [0, 1, 5]) {
    const [result] = await runGraph(
      (g) => g.output('y', g.node('Neg', [g.input('x', 'int64', ['N'])]), 'int64', ['N']),
      { x: int64(new Uint32Array(size), size) },
    );
    expect(result?.dims).toEqual([size]);
  }
});
