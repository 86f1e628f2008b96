import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layerColumns } from '../../../webviews/views/layers/layer-columns';

const places = fc.integer({ min: 1, max: 80 }).chain((last) =>
  fc.record({
    last: fc.constant(last),
    from: fc.integer({ min: 0, max: last }),
    chosen: fc.integer({ min: 0, max: last }),
    settling: fc.uniqueArray(fc.integer({ min: 0, max: last })),
    fits: fc.integer({ min: 3, max: 40 }),
  }),
);

describe('the layers that have a column', () => {
  test('fit, go upward, and have the first, the chosen one and the output among them', () => {
    fc.assert(
      fc.property(places, (given) => {
        const { last, from, settling, chosen, fits } = given;
        const columns = layerColumns(given);
        expect(columns.length).toBeLessThanOrEqual(fits);
        expect(columns).toEqual([...new Set(columns)].sort((one, other) => one - other));
        expect(columns).toEqual(expect.arrayContaining([0, chosen, last]));
        const isEarly = (layer: number) => layer < from && layer !== 0 && layer !== chosen && !settling.includes(layer);
        const telling = Array.from({ length: last - from + 1 }, (_, i) => from + i);
        if (columns.some(isEarly)) expect(columns).toEqual(expect.arrayContaining(telling));
      }),
    );
  });

  test.each([
    [11, 21, [0, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30]],
    [7, 21, [0, 21, 23, 25, 27, 29, 30]],
    [40, 0, Array.from({ length: 31 }, (_, layer) => layer)],
  ])('are every so many from where answers begin to stand: of 30, %d fit from layer %d on', (fits, from, columns) => {
    expect(layerColumns({ last: 30, from, settling: [], chosen: from, fits })).toEqual(columns);
  });

  test('are also some of those before, where all from there on have room', () => {
    const given = { last: 18, from: 17, chosen: 17, settling: [] };
    expect(layerColumns({ ...given, fits: 7 })).toEqual([0, 4, 8, 12, 16, 17, 18]);
    expect(layerColumns({ ...given, fits: 3 })).toEqual([0, 17, 18]);
  });

  test('are those where true next tokens settle, the most telling first, where few fit', () => {
    const given = { last: 30, from: 20, chosen: 20, settling: [27, 24, 22] };
    expect(layerColumns({ ...given, fits: 5 })).toEqual([0, 20, 24, 27, 30]);
    expect(layerColumns({ ...given, fits: 8 })).toEqual([0, 20, 22, 24, 26, 27, 28, 30]);
  });
});
