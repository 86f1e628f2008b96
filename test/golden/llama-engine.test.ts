import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { TRACKED_KEYS } from '../../src/model/graphs/ports';
import type { TraceInfo } from '../../src/shared/engine-api';
import { largestDifference } from '../support/compare';
import { loadRequest, nextTask, startTestEngine, withoutHeads } from '../support/engine';
import { LLAMA_VARIANTS, llamaFixture, readReference } from '../support/llama-fixtures';
import { blocksOf, entropyOf, largest, mean, rowsOf, trackedKeysOf, withoutFirstKey } from '../support/patterns';

const LOGPROB = 1e-4;
const WEIGHT = 1e-5;
const BITS = 1e-4;

const engine = startTestEngine();
afterAll(() => engine.stop());

describe.each(LLAMA_VARIANTS)('%s through the engine equals PyTorch', (variant) => {
  const reference = readReference(variant);
  const { text, ids, heads, patternOf } = reference;
  const tokens = ids.length;
  const distributions = rowsOf(reference.logprobs, reference.logprobs.length / tokens);
  let info: TraceInfo;
  let trace: number;

  beforeEach(async () => {
    await engine.load(loadRequest({ path: llamaFixture(variant), threads: 1 }));
    info = await engine.forward({ task: nextTask(), text });
    trace = info.trace;
  });

  test('in tokens', () => {
    expect([...info.ids]).toEqual(ids);
    expect(ids.map((_, i) => text.slice(info.starts[i], info.ends[i])).join('')).toBe(text);
  });

  test.each([
    ['the whole text', 0, tokens],
    ['a part of it', 3, tokens - 2],
    ['one token', 4, 5],
  ])('in predictions of %s', async (_, from, to) => {
    const predictions = await engine.predictions({ trace, from, to, topK: 5 });
    const logprobs = ids.slice(1).map((id, i) => distributions[i]?.[id] ?? Number.NaN);
    // The first token is predicted from nothing.
    expect(Number.isNaN(predictions.logprob[0])).toBe(from === 0);
    const first = Math.max(from, 1);
    expect(
      largestDifference(predictions.logprob.subarray(first - from), logprobs.slice(first - 1, to - 1)),
    ).toBeLessThan(LOGPROB);
    expect([...predictions.rank.subarray(first - from)]).toEqual(reference.rank.slice(first - 1, to - 1));
    expect(largestDifference(predictions.entropyAfter, reference.entropy.subarray(from, to))).toBeLessThan(BITS);
    const best = distributions.slice(from, to).flatMap((after) => [...after.toSorted().reverse().subarray(0, 5)]);
    expect(largestDifference(predictions.topLogprobsAfter, best)).toBeLessThan(LOGPROB);
    const ofIds = Array.from(predictions.topIdsAfter, (id, i) => distributions[from + Math.floor(i / 5)]?.[id] ?? 0);
    expect(largestDifference(ofIds, best)).toBeLessThan(LOGPROB);
  });

  test('in the whole distribution after a token', async () => {
    const position = tokens - 3;
    const logprobs = await engine.distribution({ trace, position });
    expect(largestDifference(logprobs, distributions[position] ?? [])).toBeLessThan(LOGPROB);
  });

  test('in the last layer of the logit lens, which is the output', async () => {
    const lens = await engine.logitLens({ trace, from: 0, to: tokens, topK: 3 });
    expect(lens.layers).toEqual([0, 1, 2]);
    const best = distributions.flatMap((after) => [...after.toSorted().reverse().subarray(0, 3)]);
    expect(largestDifference(lens.topLogprobs.subarray(2 * tokens * 3), best)).toBeLessThan(LOGPROB);
  });

  test("in every head's pattern, whole", async () => {
    for (const { layer, head } of heads) {
      const { maximum, mean } = await engine.attention({ trace, layer, head });
      expect(largestDifference(maximum, patternOf(layer, head)), `${layer}.${head}`).toBeLessThan(WEIGHT);
      expect(mean).toEqual(maximum);
    }
  });

  test.each([
    [0, tokens, 5],
    [0, tokens, 1],
    [3, tokens - 1, 4],
    [tokens - 1, tokens, 6],
  ])('in rows %i to %i of a pattern, pooled to %i', async (from, to, size) => {
    const result = await engine.attention({ trace, layer: 1, head: 2, rows: { from, to }, size });
    expect(Math.max(result.rows, result.columns)).toBeLessThanOrEqual(size);
    const seen = rowsOf(patternOf(1, 2), tokens)
      .slice(from, to)
      .flatMap((row) => [...row.subarray(0, to)]);
    const blocks = blocksOf(Float32Array.from(seen), to, result.rowBlock, result.columnBlock);
    expect(largestDifference(result.maximum, blocks.map(largest))).toBeLessThan(WEIGHT);
    expect(largestDifference(result.mean, blocks.map(mean))).toBeLessThan(WEIGHT);
  });

  test.each([
    ['every head', {}],
    ['one layer', { layer: 1 }],
    ['one head', { layer: 1, head: 2 }],
    ['the mean of all heads', { mean: true }],
    ["the mean of a layer's heads", { layer: 1, mean: true }],
  ])('in one query over %s', async (_, chosen: { layer?: number; head?: number; mean?: boolean }) => {
    const query = tokens - 2;
    const weights = await engine.attentionOfQuery({ trace, query, ...chosen });
    const patterns = heads
      .filter(({ layer }) => layer === (chosen.layer ?? layer))
      .filter(({ head }) => head === (chosen.head ?? head))
      .map(({ layer, head }) => [...(rowsOf(patternOf(layer, head), tokens)[query] ?? []).slice(0, query + 1)]);
    const means = (patterns[0] ?? []).map((_, key) => mean(patterns.map((pattern) => pattern[key] ?? Number.NaN)));
    expect(largestDifference(weights, chosen.mean ? means : patterns.flat())).toBeLessThan(WEIGHT);
  });

  test('in the summary of every head', async () => {
    const queries = ids.map((_, query) => query).slice(1);
    const copied = queries.filter((query) => ids.indexOf(ids[query] as number) < query);
    for (const summary of await engine.heads({ trace })) {
      const rows = rowsOf(patternOf(summary.layer, summary.head), tokens);
      const meanOf = (key: (typeof TRACKED_KEYS)[number], over: number[]) =>
        mean(
          over.map(
            (query) => rows[query]?.[trackedKeysOf(ids, query)[TRACKED_KEYS.indexOf(key)] as number] ?? Number.NaN,
          ),
        );
      expect(summary.inductionQueries).toBe(copied.length);
      const { previous, first, self, induction, entropy } = summary;
      const expected = [
        meanOf('previous', queries),
        meanOf('first', queries),
        meanOf('self', queries),
        meanOf('induction', copied),
      ];
      expect(largestDifference([previous, first, self, induction], expected)).toBeLessThan(WEIGHT);
      expect(Math.abs(entropy - mean(rows.slice(1).map(entropyOf)))).toBeLessThan(BITS);
    }
  });

  test.each([32, 5, 2])('in thumbnails of every head, of size %i at most', async (size) => {
    const thumbnails = await engine.thumbnails({ trace, size });
    expect(thumbnails.size).toBeLessThanOrEqual(size);
    const blocks = (pattern: Float32Array) => blocksOf(pattern, tokens, thumbnails.block, thumbnails.block);
    const patterns = heads.map(({ layer, head }) => patternOf(layer, head));
    const maxima = patterns.flatMap((pattern) => blocks(withoutFirstKey(pattern, tokens)).map(largest));
    expect(largestDifference(thumbnails.maximum, maxima)).toBeLessThan(WEIGHT);
    expect(largestDifference(thumbnails.mean, patterns.flatMap(blocks).map(mean))).toBeLessThan(WEIGHT);
  });

  test('with headMask', async () => {
    const headMask = heads.map((head, i) => ({ ...head, value: reference.headMask[i] as number }));
    const masked = await engine.forward({ task: nextTask(), text, headMask });
    const logprobs = await engine.distribution({ trace: masked.trace, position: tokens - 1 });
    const expected = rowsOf(reference.maskedLogprobs, logprobs.length).at(-1) ?? [];
    expect(largestDifference(logprobs, expected)).toBeLessThan(LOGPROB);
  });

  test('with every head off by itself, beside headMask that there are', async () => {
    const headMask = heads.map((head, i) => ({ ...head, value: reference.headMask[i] as number }));
    const masked = await engine.forward({ task: nextTask(), text, headMask });
    const position = tokens - 1;
    // Of all heads, in an order of nobody's.
    const asked = heads.toReversed();
    const found = await withoutHeads(engine, { trace: masked.trace, position, heads: asked });
    for (const [i, off] of asked.entries()) {
      const without = headMask.map((entry) => (isSame(entry, off) ? { ...entry, value: 0 } : entry));
      const scored = await engine.score({ task: nextTask(), ids, headMask: without });
      expect(Math.abs((found[i] ?? Number.NaN) - (scored[position] ?? 0)), `${off.layer}.${off.head}`).toBeLessThan(
        LOGPROB,
      );
    }
  });

  test('in a text that begins as the one before did', async () => {
    await engine.forward({ task: nextTask(), text: `${text.slice(0, -4)} mouse` });
    await engine.forward({ task: nextTask(), text: text.slice(0, 20) });
    const again = await engine.forward({ task: nextTask(), text: `${text} the` });
    const { logprob } = await engine.predictions({ trace: again.trace, from: 0, to: tokens });
    const logprobs = ids.slice(1).map((id, i) => distributions[i]?.[id] ?? Number.NaN);
    expect(largestDifference(logprob.subarray(1), logprobs)).toBeLessThan(LOGPROB);
  });
});

const isSame = (one: { layer: number; head: number }, other: { layer: number; head: number }) =>
  one.layer === other.layer && one.head === other.head;
