import { describe, expect, test } from 'vitest';
import { AttentionPatterns } from '../../src/engine/attention/attention-patterns';
import { noInterventions } from '../../src/engine/interventions/interventions';
import { ablations } from '../../src/engine/lenses/ablations';
import type { LensContext } from '../../src/engine/lenses/lens';
import type { LoadedModel } from '../../src/engine/loaded-model';
import { predictionsOf } from '../../src/engine/predictions';
import { thumbnailsOf } from '../../src/engine/thumbnails';
import type { Trace } from '../../src/engine/trace';
import { hasAttention, kindOf, type ModelConfig } from '../../src/model/config';
import { TRACKED_KEYS } from '../../src/model/graphs/ports';
import { ARCHITECTURE_CASES, type ArchitectureCase, type GoldenText } from '../support/architecture-cases';
import { largestDifference } from '../support/compare';
import { type LoadedArchitecture, readTokens, TASK, useArchitecture } from '../support/load-architecture';
import { blocksOf, entropyOf, largest, mean, rowsOf, sum, trackedKeysOf, withoutFirstKey } from '../support/patterns';

/* What the engine computes of heads by other ways than the patterns that `architectures.test.ts` holds to PyTorch. */

/** Each model once: its formats have the same graphs, and so have Llamas that differ in how their files keep them. */
const CASES = ARCHITECTURE_CASES.filter(
  ({ name, golden }, i) =>
    ARCHITECTURE_CASES.findIndex((one) => one.name === name) === i &&
    golden.gguf?.types === undefined &&
    (!name.startsWith('llama-') || name === 'llama-biases'),
);

/** Enough for keys that no window reaches, and no multiple of a thumbnail's block. */
const TOKENS = 203;
/** What two texts share: a run that goes on from there leaves keys out. */
const SHARED = 140;

describe.each(CASES.map((one) => [one.name, one] as const))('%s', (_, one) => {
  const use = useArchitecture(one);

  test('a head that is switched off changes what it does in a pass without it', async () => {
    const { loaded } = use;
    const { model, sessions } = loaded;
    const { ids } = one.golden.texts[0] as GoldenText;
    const trace = await readTokens(loaded, [ids]);
    const { numAttentionHeads } = model.config;
    const heads = headsOf(model.config).filter(({ layer, head }) => head % 2 === 1 && hasHeads(model.config, layer));
    const position = ids.length - 1;
    const parts = heads.map((head) => ({ kind: 'head' as const, ...head }));
    const request = { task: 0, trace: trace.id, position, parts, by: { kind: 'gain' as const, value: 0 } };
    const context: LensContext = {
      ...TASK,
      progress: () => () => {},
      turn: (run) => run(),
      trace,
      model: { compiled: model, sessions } as LoadedModel,
    };
    const { logprobs } = await ablations.answer(request, context);
    const expected: number[] = [];
    for (const { layer, head } of heads) {
      const without = noInterventions(model.config);
      without.headMask[layer * numAttentionHeads + head] = 0;
      const { logprob } = predictionsOf(await readTokens(loaded, [ids], without), 0, ids.length, 0);
      expected.push(logprob[position] as number);
    }
    expect(
      largestDifference(
        logprobs.filter((_, i) => i % 2 === 0),
        expected,
      ),
    ).toBeLessThan(1e-4);
  });

  test('statistics of heads are those of their patterns, in a text that is read whole and in one that is read on', async () => {
    const { loaded } = use;
    const length = Math.min(TOKENS, loaded.model.config.contextLength);
    const ids = repeated(one, length);
    const edited = [...ids.slice(0, SHARED), ...ids.slice(0, length - SHARED)];
    const whole = await readTokens(loaded, [ids]);
    const readOn = await readTokens(loaded, [edited, ids]);
    expect(
      largestDifference(
        predictionsOf(readOn, 0, length, 0).logprob.subarray(1),
        predictionsOf(whole, 0, length, 0).logprob.subarray(1),
      ),
    ).toBeLessThan(1e-4);
    const patterns = await patternsOf(loaded, whole);
    for (const trace of [whole, readOn]) expectStatistics(loaded, trace, patterns);
  });
});

const headsOf = ({ numHiddenLayers, numAttentionHeads: heads }: ModelConfig) =>
  Array.from({ length: numHiddenLayers * heads }, (_, i) => ({ layer: Math.floor(i / heads), head: i % heads }));

const hasHeads = (config: ModelConfig, layer: number) => hasAttention(kindOf(config, layer));

const zeroed = (values: ArrayLike<number>) => Array.from(values, (value) => (Number.isNaN(value) ? 0 : value));

function repeated({ golden }: ArchitectureCase, length: number): number[] {
  const { ids } = golden.texts.at(-1) as GoldenText;
  return Array.from({ length }, (_, i) => ids[i % ids.length] as number);
}

/** Of every layer and head: [T, T]. Nothing of layers without attention. */
async function patternsOf({ model, sessions }: LoadedArchitecture, trace: Trace): Promise<Float32Array[]> {
  const patterns = new AttentionPatterns(sessions, model);
  const all: Float32Array[] = [];
  for (const { layer, head } of headsOf(model.config)) {
    if (!hasHeads(model.config, layer)) {
      all.push(new Float32Array(trace.ids.length ** 2));
      continue;
    }
    const { maximum } = await patterns.pattern(trace, layer, head, { from: 0, to: trace.ids.length });
    all.push(maximum);
  }
  return all;
}

function expectStatistics({ model: { config } }: LoadedArchitecture, trace: Trace, patterns: Float32Array[]): void {
  const tokens = trace.ids.length;
  const ids = [...trace.ids];
  for (const { start, length, trackedWeights, headEntropy, headTotals } of trace.chunks) {
    const rows = patterns.flatMap((pattern) => rowsOf(pattern, tokens).slice(start, start + length));
    // Of layers without attention there is nothing to say.
    const known = headsOf(config).flatMap(({ layer }) => Array(length).fill(hasHeads(config, layer)));
    const tracked = rows.map((row, i) => trackedKeysOf(ids, start + (i % length)).map((key) => row[key] as number));
    expect(trackedWeights.length).toBe(rows.length * TRACKED_KEYS.length);
    const expected = tracked.flatMap((row, i) => (known[i] ? row : row.map(() => Number.NaN)));
    expect(Array.from(trackedWeights, Number.isNaN)).toEqual(expected.map(Number.isNaN));
    expect(largestDifference(zeroed(trackedWeights), zeroed(expected))).toBeLessThan(1e-5);
    if (headTotals) expect(largestDifference(headTotals, rows.map(sum))).toBeLessThan(1e-5);
    // Where a head has a sink, that is one more key.
    const entropies = rows.map((row) => entropyOf(Float32Array.of(...row, Math.max(0, 1 - sum(row)))));
    expect(Array.from(headEntropy, Number.isNaN)).toEqual(known.map((isKnown) => !isKnown));
    const ofKnown = <T>(values: ArrayLike<T>) => Array.from(values).filter((_, i) => known[i]);
    expect(largestDifference(ofKnown(headEntropy), ofKnown(entropies))).toBeLessThan(1e-3);
  }
  const { block, maximum, mean: means } = thumbnailsOf(trace, config, 32);
  const blocks = (pattern: Float32Array) => blocksOf(pattern, tokens, block, block);
  expect(largestDifference(means, patterns.flatMap(blocks).map(mean))).toBeLessThan(1e-5);
  const others = patterns.map((pattern) => withoutFirstKey(pattern, tokens));
  expect(largestDifference(maximum, others.flatMap(blocks).map(largest))).toBeLessThan(1e-5);
}
