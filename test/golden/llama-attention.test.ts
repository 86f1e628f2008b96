import { describe, expect, test } from 'vitest';
import { kindOf } from '../../src/model/config';
import { largestDifference } from '../support/compare';
import { LLAMA_VARIANTS } from '../support/llama-fixtures';
import { loadLlama } from '../support/load-llama';
import { blocksOf, entropyOf, largest, mean, rowsOf, sum, trackedKeysOf, withoutFirstKey } from '../support/patterns';
import { runAttentionLens, runDecoder } from '../support/run-graphs';

const WEIGHT = 1e-5;
const BITS = 1e-4;

describe.each(LLAMA_VARIANTS)('%s: the attention lens gives', (variant) => {
  test("every head's pattern as PyTorch does", async () => {
    const { model, sessions, reference } = await loadLlama(variant);
    const tokens = reference.ids.length;
    for (const { layer, head } of reference.heads) {
      const lens = { layer, head, heads: 1, from: 0, to: tokens };
      const { pattern } = await runAttentionLens(sessions, model, reference.residualOf(layer), lens);
      expect(largestDifference(pattern, reference.patternOf(layer, head)), `${layer}.${head}`).toBeLessThan(WEIGHT);
      expect(largestDifference(rowsOf(pattern, tokens).map(sum), Array(tokens).fill(1))).toBeLessThan(1e-6);
    }
  });

  test('one query over the heads that share a key-value head', async () => {
    const { model, sessions, reference } = await loadLlama(variant);
    const group = model.config.numAttentionHeads / kindOf(model.config, 0).numKeyValueHeads;
    const to = reference.ids.length;
    for (const { layer, head } of reference.heads.filter((each) => each.head % group === 0)) {
      const lens = { layer, head, heads: group, from: to - 1, to };
      const { pattern } = await runAttentionLens(sessions, model, reference.residualOf(layer), lens);
      const lastRow = (each: number) => rowsOf(reference.patternOf(layer, each), to).at(-1) ?? [];
      const expected = Array.from({ length: group }, (_, i) => [...lastRow(head + i)]).flat();
      expect(largestDifference(pattern, expected), `${layer}.${head}`).toBeLessThan(WEIGHT);
    }
  });

  test.each([
    [1, 4],
    [2, 2],
    [4, 1],
    [8, 4],
  ])('the last eight rows in blocks of %i by %i', async (blockRows, blockColumns) => {
    const { model, sessions, reference } = await loadLlama(variant);
    const to = reference.ids.length;
    const lens = { layer: 1, head: 3, heads: 1, from: to - 8, to, blockRows, blockColumns };
    const result = await runAttentionLens(sessions, model, reference.residualOf(1), lens);
    const blocks = blocksOf(reference.patternOf(1, 3).subarray((to - 8) * to), to, blockRows, blockColumns);
    expect(largestDifference(result.blockMaximum, blocks.map(largest))).toBeLessThan(WEIGHT);
    expect(largestDifference(result.blockMean, blocks.map(mean))).toBeLessThan(WEIGHT);
  });
});

describe.each(LLAMA_VARIANTS)('%s: the statistics of every head are those of its pattern', (variant) => {
  test.each([
    [1, 'one run', (tokens: number) => [tokens]],
    [1, 'two runs', (tokens: number) => [tokens - 4, 4]],
    [2, 'two runs', (tokens: number) => [tokens - 4, 4]],
    [4, 'one run', (tokens: number) => [tokens]],
    [4, 'two runs', (tokens: number) => [tokens - 4, 4]],
  ])('over blocks of %i, in %s', async (block, _, runsOf) => {
    const { model, sessions, reference } = await loadLlama(variant);
    const { ids } = reference;
    const tokens = ids.length;
    const keys = ids.map((_, query) => trackedKeysOf(ids, query));
    const trackedKeys = Uint32Array.from(keys.flat());
    const result = await runDecoder(sessions, model, ids, { block, trackedKeys, runs: runsOf(tokens) });

    const patterns = reference.heads.map(({ layer, head }) => reference.patternOf(layer, head));
    const rows = patterns.flatMap((pattern) => rowsOf(pattern, tokens));
    const trackedWeights = rows.flatMap((row, i) => (keys[i % tokens] ?? []).map((key) => row[key] as number));
    expect(largestDifference(result.trackedWeights, trackedWeights)).toBeLessThan(WEIGHT);
    expect(largestDifference(result.entropy, rows.map(entropyOf))).toBeLessThan(BITS);
    const blocks = (pattern: Float32Array) => blocksOf(pattern, tokens, block, block);
    expect(largestDifference(result.blockSum, patterns.flatMap(blocks).map(sum))).toBeLessThan(WEIGHT);
    const others = patterns.map((pattern) => withoutFirstKey(pattern, tokens));
    expect(largestDifference(result.blockMaximum, others.flatMap(blocks).map(largest))).toBeLessThan(WEIGHT);
  });
});
