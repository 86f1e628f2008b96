import fc from 'fast-check';
import { expect, test } from 'vitest';
import { causalMask, firstKeyFor, maskPadding } from '../../../src/engine/mask';
import { MAX_BLOCK } from '../../../src/model/graphs/ports';

const kind = (slidingWindow: number | undefined) => ({ numKeyValueHeads: 1, headDim: 2, scaling: 1, slidingWindow });
const window = fc.option(fc.integer({ min: 1, max: 300 }), { nil: undefined });
const place = fc.record({ from: fc.nat(600), queries: fc.integer({ min: 1, max: 40 }), slidingWindow: window });

test('a query sees itself and what comes before it, as far as its window reaches, and nothing else', () => {
  fc.assert(
    fc.property(place, fc.nat(20), fc.boolean(), (at, more, usesRoom) => {
      const firstKey = firstKeyFor(kind(at.slidingWindow), at.from);
      const keys = at.from + at.queries - firstKey + more;
      // What an earlier mask left in the memory does not matter.
      const room = usesRoom ? new Float32Array(at.queries * keys + 3).fill(7) : undefined;
      const mask = causalMask({ ...at, keys, firstKey }, room);
      expect(mask.length).toBe(at.queries * keys);
      const expected = Array.from(mask, (_, i) => {
        const query = at.from + Math.floor(i / keys);
        const key = firstKey + (i % keys);
        return key <= query && key > query - (at.slidingWindow ?? Number.POSITIVE_INFINITY);
      });
      expect(Array.from(mask, (value) => value === 0)).toEqual(expected);
      // Whatever a score is, its weight is then exactly 0.
      expect(mask.every((value) => value === 0 || Math.fround(Math.exp(value + 1e6)) === 0)).toBe(true);
    }),
  );
});

test('the keys that a run is given are whole blocks, all that its queries see, and one before', () => {
  fc.assert(
    fc.property(place, ({ from, slidingWindow }) => {
      const first = firstKeyFor(kind(slidingWindow), from);
      expect(first % MAX_BLOCK).toBe(0);
      if (first > 0) expect(first).toBeLessThanOrEqual(from - (slidingWindow as number));
      if (slidingWindow === undefined) expect(first).toBe(0);
      else expect(from - slidingWindow - first).toBeLessThan(MAX_BLOCK);
    }),
  );
});

test('positions that stand for no token see the first key alone', () => {
  const mask = causalMask({ from: 2, queries: 4, keys: 6 });
  maskPadding(mask, 2, 6);
  const seen = Array.from({ length: 4 }, (_, query) =>
    [...mask.subarray(query * 6, query * 6 + 6)].flatMap((value, key) => (value === 0 ? [key] : [])),
  );
  expect(seen).toEqual([[0, 1, 2], [0, 1, 2, 3], [0], [0]]);
});
