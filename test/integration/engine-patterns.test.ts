import { describe, expect, it } from 'vitest';
import type { AttentionPattern } from '../../src/shared/engine-api';
import { largestDifference } from '../support/compare';
import { nextTask, readAll, useEngine } from '../support/engine';

const SENTENCE = 'The quick brown fox jumps over the lazy dog near the river. ';
const HEADS = [
  [0, 0],
  [3, 4],
  [18, 6],
  [29, 8],
] as const;

describe('attention patterns', () => {
  const use = useEngine();
  // More queries than the lens computes in one run, and chunks of both sizes.
  const text = SENTENCE.repeat(90);

  it('have rows that sum to 1 and look at nothing that comes later', async () => {
    const { trace, ids } = await readAll(use.engine, text);
    for (const [layer, head] of HEADS) {
      const { maximum, rows, columns } = await use.engine.attention({ trace, layer, head });
      expect([rows, columns]).toEqual([ids.length, ids.length]);
      for (let query = 0; query < rows; query++) {
        const row = maximum.subarray(query * columns, (query + 1) * columns);
        expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 4);
        expect(row.subarray(query + 1).every((weight) => weight === 0)).toBe(true);
      }
    }
  });

  it.each([1, 7, 32, 100, 1000])('pooled to at most %i rows are the whole pattern pooled', async (size) => {
    const { trace } = await readAll(use.engine, text);
    const whole = await use.engine.attention({ trace, layer: 18, head: 6 });
    const pooled = await use.engine.attention({ trace, layer: 18, head: 6, size });
    expect(pooled.rows).toBeLessThanOrEqual(size);
    const expected = poolOf(whole, pooled.rowBlock, pooled.columnBlock);
    expect(largestDifference(pooled.maximum, expected.maximum)).toBeLessThan(1e-5);
    expect(largestDifference(pooled.mean, expected.mean)).toBeLessThan(1e-5);
  });

  it('of some rows are those rows of the whole', async () => {
    const { trace } = await readAll(use.engine, text);
    const whole = await use.engine.attention({ trace, layer: 5, head: 2 });
    const part = await use.engine.attention({ trace, layer: 5, head: 2, rows: { from: 40, to: 57 } });
    expect([part.rows, part.columns]).toEqual([17, 57]);
    for (let row = 0; row < part.rows; row++) {
      const expected = whole.maximum.subarray((40 + row) * whole.columns, (40 + row) * whole.columns + 57);
      expect(largestDifference(part.maximum.subarray(row * 57, (row + 1) * 57), expected)).toBeLessThan(1e-5);
    }
  });

  it.each([undefined, 7, 32])('of no head are the mean of the layer (pooled to %s)', async (size) => {
    const { trace } = await readAll(use.engine, text);
    const heads = await Promise.all(
      Array.from({ length: 9 }, (_, head) => use.engine.attention({ trace, layer: 18, head })),
    );
    const whole = heads[0] as AttentionPattern;
    const mean = whole.maximum.map((_, at) => heads.reduce((sum, { maximum }) => sum + (maximum[at] as number) / 9, 0));
    const found = await use.engine.attention({ trace, layer: 18, size });
    const expected = poolOf({ ...whole, maximum: mean }, found.rowBlock, found.columnBlock);
    expect(largestDifference(found.maximum, expected.maximum)).toBeLessThan(1e-5);
    expect(largestDifference(found.mean, expected.mean)).toBeLessThan(1e-5);
  });

  it('are not kept for a text that is only scored, which scores as it reads', async () => {
    const read = await readAll(use.engine, SENTENCE);
    const headMask = [{ layer: 18, head: 6, value: 0 }];
    const off = await readAll(use.engine, SENTENCE, { headMask });
    const { traces } = await use.engine.status({});
    const ids = [...read.ids];
    const scores = await Promise.all([
      use.engine.score({ task: nextTask(), ids }),
      use.engine.score({ task: nextTask(), ids, headMask }),
    ]);
    expect(largestDifference(scores[0].subarray(1), read.logprob.subarray(1))).toBeLessThan(1e-4);
    expect(largestDifference(scores[1].subarray(1), off.logprob.subarray(1))).toBeLessThan(1e-4);
    expect((await use.engine.status({})).traces).toBe(traces);
  });

  it('followed through all layers can be cancelled on the way', async () => {
    const { trace, ids } = await readAll(use.engine, text);
    const task = nextTask();
    const all = use.engine.rollout({ task, trace, from: 0, to: ids.length });
    await use.engine.cancel({ task });
    await expect(all).rejects.toMatchObject({ code: 'task.cancelled' });
  });

  it('and the statistics and thumbnails of the forward run tell the same', async () => {
    const { trace, ids } = await readAll(use.engine, text);
    const heads = await use.engine.heads({ trace });
    const thumbnails = await use.engine.thumbnails({ trace });
    for (const [layer, head] of HEADS) {
      const pattern = await use.engine.attention({ trace, layer, head });
      const found = heads[layer * 9 + head];
      const expected = summaryOf(pattern, ids);
      expect(found?.inductionQueries).toBe(expected.inductionQueries);
      for (const key of ['previous', 'first', 'self', 'induction', 'entropy'] as const) {
        expect(found?.[key], `${layer}.${head} ${key}`).toBeCloseTo(expected[key], 3);
      }
      const size = thumbnails.size ** 2;
      const thumbnail = (values: Float32Array) =>
        values.subarray((layer * 9 + head) * size, (layer * 9 + head + 1) * size);
      const pooled = poolOf(pattern, thumbnails.block, thumbnails.block, 1);
      expect(largestDifference(thumbnail(thumbnails.maximum), pooled.maximum)).toBeLessThan(1e-4);
      expect(largestDifference(thumbnail(thumbnails.mean), pooled.mean)).toBeLessThan(1e-4);
    }
  });

  it('show that head 18.6 looks at what followed an earlier copy', async () => {
    const { trace } = await readAll(use.engine, SENTENCE.repeat(12));
    const heads = await use.engine.heads({ trace });
    const strongest = heads.toSorted((a, b) => b.induction - a.induction).slice(0, 5);
    expect(strongest.map(({ layer, head }) => `${layer}.${head}`)).toContain('18.6');
  });
});

/** Largest weight (keys from `firstKey` on) and mean of every block, straight from the definition. */
function poolOf(
  { maximum: weights, rows, columns }: AttentionPattern,
  rowBlock: number,
  columnBlock: number,
  firstKey = 0,
) {
  const height = Math.ceil(rows / rowBlock);
  const width = Math.ceil(columns / columnBlock);
  const maximum = new Float32Array(height * width);
  const sum = new Float64Array(height * width);
  const count = new Float64Array(height * width);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = Math.floor(row / rowBlock) * width + Math.floor(column / columnBlock);
      const weight = weights[row * columns + column] as number;
      if (column >= firstKey) maximum[at] = Math.max(maximum[at] as number, weight);
      sum[at] = (sum[at] as number) + weight;
      count[at] = (count[at] as number) + 1;
    }
  }
  return { maximum, mean: sum.map((value, at) => value / (count[at] as number)) };
}

/** A head's statistics, straight from its pattern. */
function summaryOf({ maximum: weights, columns }: AttentionPattern, ids: Uint32Array) {
  const totals = { previous: 0, first: 0, self: 0, induction: 0, entropy: 0 };
  let inductionQueries = 0;
  for (let query = 1; query < ids.length; query++) {
    const row = weights.subarray(query * columns, (query + 1) * columns);
    totals.previous += row[query - 1] as number;
    totals.first += row[0] as number;
    totals.self += row[query] as number;
    totals.entropy -= row.reduce((bits, weight) => bits + (weight > 0 ? weight * Math.log2(weight) : 0), 0);
    const copy = ids.lastIndexOf(ids[query] as number, query - 1);
    if (copy < 0) continue;
    totals.induction += row[copy + 1] as number;
    inductionQueries++;
  }
  const queries = ids.length - 1;
  return {
    previous: totals.previous / queries,
    first: totals.first / queries,
    self: totals.self / queries,
    entropy: totals.entropy / queries,
    induction: totals.induction / inductionQueries,
    inductionQueries,
  };
}
