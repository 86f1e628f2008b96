import { describe, expect, test } from 'vitest';
import { resolveInterventions } from '../../src/engine/interventions/resolve';
import { ablations } from '../../src/engine/lenses/ablations';
import type { LensContext } from '../../src/engine/lenses/lens';
import { predictionsOf } from '../../src/engine/predictions';
import { residualOf, type Trace } from '../../src/engine/trace';
import { logprobsOf } from '../../src/engine/unembed';
import { hasAttention, type LayerKind } from '../../src/model/config';
import { ARCHITECTURE_CASES, type GoldenText } from '../support/architecture-cases';
import {
  type Change,
  loadedModel,
  logprobsIn as logprobs,
  readChanged as read,
  UNCHANGED,
} from '../support/changed-runs';
import { largestDifference } from '../support/compare';
import { TASK, useArchitecture } from '../support/load-architecture';

/* What has to hold of runs that are changed, whatever the values: `interventions.test.ts` holds these to PyTorch. */

const CASES = ['llama-biases', 'gemma3', 'gemma4', 'gpt-oss', 'gpt2', 'qwen35'].flatMap((name) =>
  ARCHITECTURE_CASES.filter((one) => one.name === name).slice(0, 1),
);

/** More than one run takes, and no multiple of a thumbnail's block. */
const TOKENS = 300;
const POSITION = 201;

describe.each(CASES.map((one) => [one.name, one] as const))('%s', (_, one) => {
  const use = useArchitecture(one);
  const tokens = () => Math.min(TOKENS, use.loaded.model.config.contextLength - 4);
  const { ids } = one.golden.texts.at(-1) as GoldenText;
  /** Another text for every number. */
  const textOf = (number: number) =>
    Uint32Array.from({ length: tokens() }, (_, i) => ids[(i * number + (i >> number)) % ids.length] as number);
  const everywhere = (site: 'residual' | 'attention' | 'mlp', layers: number, trace: number) =>
    Array.from({ length: layers * tokens() }, (_, i) => {
      const place = { layer: Math.floor(i / tokens()), position: i % tokens() };
      return { site, ...place, source: { trace, ...place } };
    });

  test('a run with all of another in place of its own is the other', async () => {
    const model = loadedModel(use.loaded);
    const { numHiddenLayers } = model.compiled.config;
    const other = await read(model, textOf(1));
    for (const patches of [
      everywhere('residual', 1, other.id),
      [
        ...everywhere('residual', numHiddenLayers + 1, other.id),
        ...everywhere('attention', numHiddenLayers, other.id),
        ...everywhere('mlp', numHiddenLayers, other.id),
      ],
    ]) {
      const trace = await read(model, textOf(2), { patches });
      expect(largestDifference(entropies(trace), entropies(other))).toBeLessThan(1e-5);
    }
  });

  test('a run with some of itself in place of its own is itself', async () => {
    const model = loadedModel(use.loaded);
    const { hiddenSize, numHiddenLayers } = model.compiled.config;
    const steering = Float32Array.from({ length: numHiddenLayers * hiddenSize }, (_, i) => Math.sin(i) / 10);
    for (const change of [{}, { steering }]) {
      const trace = await read(model, textOf(3), change);
      const itself = (site: 'residual' | 'attention' | 'mlp') =>
        [0, numHiddenLayers - 1].flatMap((layer) =>
          [0, POSITION % tokens()].map((position) => {
            const place = { layer, position };
            return { site, ...place, source: { trace: trace.id, ...place } };
          }),
        );
      const stream = await read(model, textOf(3), { ...change, patches: itself('residual') });
      expect(largestDifference(logprobs(stream), logprobs(trace))).toBeLessThan(1e-6);
      // What parts add is computed anew by a graph of its own, and rounded otherwise.
      const parts = await read(model, textOf(3), { ...change, patches: [...itself('attention'), ...itself('mlp')] });
      expect(largestDifference(logprobs(parts), logprobs(trace))).toBeLessThan(one.golden.float32_noise);
    }
  });

  test('a text that is read on is the same as one that is read whole', async () => {
    const model = loadedModel(use.loaded);
    const { config } = model.compiled;
    const steering = new Float32Array(config.numHiddenLayers * config.hiddenSize).fill(0.05, config.hiddenSize);
    const source = await read(model, textOf(1));
    const at = tokens() - 20;
    const change: Change = {
      steering,
      hidden: config.layerKinds.every(hasAttention)
        ? [
            { from: 2, to: 4 },
            { from: at, to: at + 2 },
          ]
        : [],
      patches: [{ site: 'mlp', layer: 1, position: at + 1, source: { trace: source.id, layer: 0, position: 1 } }],
    };
    const fresh = await read(loadedModel(use.loaded, model), textOf(2), change);
    await read(model, textOf(2), { ...change, patches: [], hidden: change.hidden?.slice(0, 1) ?? [] });
    const { trace, reused } = await model.prefill.run(
      textOf(2),
      await resolveInterventions(model, { ...UNCHANGED, ...change }, textOf(2), TASK.signal),
      TASK,
    );
    if (tokens() > 150 && config.layerKinds.every(hasAttention)) expect(reused).toBeGreaterThan(64);
    expect(largestDifference(logprobs(trace), logprobs(fresh))).toBeLessThan(1e-4);
    // Token by token from here on.
    const [id, then] = [textOf(1)[0] as number, textOf(1)[1] as number];
    await model.prefill.restore(trace, TASK);
    await model.prefill.next(id, trace.interventions, TASK);
    const next = await model.prefill.next(then, trace.interventions, TASK);
    const longer = await read(loadedModel(use.loaded, model), Uint32Array.from([...textOf(2), id, then]), change);
    const last = residualOf(longer, config.numHiddenLayers, tokens() + 1, tokens() + 2);
    const saidAfter = (residual: Float32Array) => logprobsOf(model.sessions.unembedding, config, residual);
    expect(largestDifference(await saidAfter(next), await saidAfter(last))).toBeLessThan(1e-3);
  });

  test('heads that are tried beside other changes do as in a pass without them', async () => {
    const model = loadedModel(use.loaded);
    const { config } = model.compiled;
    const source = await read(model, textOf(1));
    const position = tokens() - 1;
    const layer = config.kindOfLayer.findIndex((kind) => hasAttention(config.layerKinds[kind] as LayerKind));
    const last = config.numHiddenLayers - 1;
    const from = (at: number) => ({ trace: source.id, layer: 0, position: at });
    const change: Change = {
      steering: new Float32Array(config.numHiddenLayers * config.hiddenSize).fill(0.05),
      hidden: config.layerKinds.every(hasAttention) ? [{ from: 1, to: 3 }] : [],
      patches: [
        { site: 'attention', layer, position: 5, source: from(4) },
        { site: 'mlp', layer: last, position: position - 1, source: from(3) },
        { site: 'residual', layer: last, position: 7, source: from(2) },
      ],
    };
    const trace = await read(model, textOf(2), change);
    const head = { layer, head: 1 };
    const context: LensContext = { ...TASK, progress: () => () => {}, turn: (run) => run(), trace, model };
    const parts = [{ kind: 'head' as const, ...head }];
    const asked = { task: 0, trace: trace.id, position, parts, by: { kind: 'gain' as const, value: 0 } };
    const { logprobs: found } = await ablations.answer(asked, context);
    const without = await read(model, textOf(2), { ...change, headMask: [{ ...head, value: 0 }] });
    expect(found[0]).toBeCloseTo(logprobs(without)[position - 1] as number, 4);
  });
});

const entropies = (trace: Trace) => predictionsOf(trace, 0, trace.ids.length, 0).entropyAfter;
