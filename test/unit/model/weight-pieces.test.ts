import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elementsOf } from '../../../src/model/tensors/tensor-types';
import { runsOf, weightPieces } from '../../../src/model/weight-pieces';
import type { RowView, WeightSpec } from '../../../src/model/weights';
import { checkpointOfTensors } from '../../support/checkpoint-of';

/** Groups of rows of a tensor, in an order of their own. */
const view = fc
  .record({
    groups: fc.integer({ min: 1, max: 4 }),
    size: fc.integer({ min: 1, max: 6 }),
    gap: fc.nat(4),
    start: fc.nat(5),
    isMoved: fc.boolean(),
  })
  .chain(({ groups, size, gap, start, isMoved }) => {
    const inOrder = Array.from({ length: size }, (_, i) => i);
    const order = isMoved ? fc.shuffledSubarray(inOrder, { minLength: size }) : fc.constant(undefined);
    return order.map((order) => ({ rows: { start, size, stride: size + gap, order }, count: groups * size }));
  });

/** Which row of the tensor a row of the view is. */
function sourceRow({ start, size, stride, order = [...Array(size).keys()] }: RowView, row: number): number {
  return start + Math.floor(row / size) * stride + (order[row % size] as number);
}

const tensorRows = (rows: RowView, count: number): number =>
  1 + Math.max(...Array.from({ length: count }, (_, row) => sourceRow(rows, row)));

test('runs of rows are the rows of a view one by one, from any on', () => {
  fc.assert(
    fc.property(view, fc.nat(8), ({ rows, count }, from) => {
      const found = [...runsOf(rows, from, count)].flatMap(({ row, source, count }) =>
        Array.from({ length: count }, (_, i) => [row + i, source + i]),
      );
      expect(found).toEqual(Array.from({ length: count }, (_, i) => [from + i, sourceRow(rows, from + i)]));
    }),
  );
});

describe('a weight that is a view of a tensor is that of a plain loop', () => {
  test('some rows of a matrix', () => {
    fc.assert(
      fc.property(view, fc.integer({ min: 1, max: 5 }), ({ rows, count }, width) => {
        const shape = [tensorRows(rows, count), width];
        const expected = cells(count, width, (row, column) => sourceRow(rows, row) * width + column);
        expect(made(shape, { shape: [count, width], source: { tensor: 'x', shape, rows } })).toEqual(expected);
      }),
    );
  });

  test('some numbers of a vector', () => {
    fc.assert(
      fc.property(view, ({ rows, count }) => {
        const shape = [tensorRows(rows, count)];
        const expected = cells(count, 1, (row) => sourceRow(rows, row));
        expect(made(shape, { shape: [count], source: { tensor: 'x', shape, rows } })).toEqual(expected);
      }),
    );
  });

  test('some columns of a matrix that lies the other way round', () => {
    fc.assert(
      fc.property(view, fc.integer({ min: 1, max: 5 }), ({ rows, count }, height) => {
        const width = tensorRows(rows, count);
        const source = { tensor: 'x', shape: [height, width], rows, transposed: true };
        const expected = cells(count, height, (row, column) => column * width + sourceRow(rows, row));
        expect(made(source.shape, { shape: [count, height], source })).toEqual(expected);
      }),
    );
  });

  test('several matrices that lie the other way round', () => {
    const source = { tensor: 'x', shape: [3, 2, 4], transposed: true };
    const expected = Array.from({ length: 3 }, (_, i) => cells(4, 2, (row, column) => i * 8 + column * 4 + row)).flat();
    expect(made(source.shape, { shape: [3, 4, 2], source })).toEqual(expected);
  });

  test('a multiple of it, and a number more', () => {
    expect(made([3], { shape: [3], source: { tensor: 'x', scale: 4, plus: 1 } })).toEqual([1, 5, 9]);
  });

  test('rounded as the checkpoint has it, before it becomes a multiple', () => {
    // A bfloat16 holds 8 bits: 257 and 259 lie halfway.
    const rounded = made([260], { shape: [260], source: { tensor: 'x', scale: 0.5 }, half: 'bf16' });
    expect(rounded.slice(255)).toEqual([127.5, 128, 128, 129, 130]);
  });

  test('refused where a number of 16 bits cannot hold it', () => {
    const spec = { name: 'weight', source: { tensor: 'x' }, half: 'fp16' } as const;
    const checkpoint = checkpointOfTensors({ x: { shape: [1], data: Float32Array.of(-65_520) } });
    expect(() => [...weightPieces(checkpoint, { ...spec, shape: [1] })]).toThrow(/too large for fp16/);
  });

  test('several one after another, each a view', () => {
    const one = { tensor: 'x', shape: [4, 1] };
    const parts = [0, 2].map((start) => ({ ...one, rows: { start, size: 2, stride: 2 }, plus: start }));
    expect(made([4, 1], { shape: [2, 2, 1], source: { parts } })).toEqual([0, 1, 4, 5]);
  });
});

const cells = (rows: number, columns: number, of: (row: number, column: number) => number): number[] =>
  Array.from({ length: rows * columns }, (_, i) => of(Math.floor(i / columns), i % columns));

/** A weight of a checkpoint whose one tensor holds 0, 1, 2, … */
function made(shape: number[], spec: Omit<WeightSpec, 'name'>): number[] {
  const data = Float32Array.from({ length: elementsOf(shape) }, (_, i) => i);
  const checkpoint = checkpointOfTensors({ x: { shape, data } });
  return [...weightPieces(checkpoint, { name: 'weight', ...spec })].flatMap((piece) => [...piece]);
}
