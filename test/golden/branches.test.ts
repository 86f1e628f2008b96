import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ablations } from '../../src/engine/lenses/ablations';
import type { LensContext } from '../../src/engine/lenses/lens';
import { occlusion } from '../../src/engine/lenses/occlusion';
import { patchGrid } from '../../src/engine/lenses/patch-grid';
import type { LoadedModel } from '../../src/engine/loaded-model';
import { predictionsOf } from '../../src/engine/predictions';
import type { Trace } from '../../src/engine/trace';
import { hasAttention, type ModelConfig } from '../../src/model/config';
import type { Part } from '../../src/shared/why-api';
import { PATCH_SITES } from '../../src/shared/why-requests';
import { ARCHITECTURE_CASES, type GoldenText } from '../support/architecture-cases';
import { largestDifference } from '../support/compare';
import { type LoadedArchitecture, readTokens, TASK, useArchitecture } from '../support/load-architecture';

/* Runs that begin in the middle of another, held to laws and to whole runs: PyTorch's values of them stand in other files. */

/** One of each way to differ: grouped queries, windows, sinks, norms after parts, experts, layers that carry a state. */
const NAMES = [
  'llama-biases',
  'gpt2',
  'gemma2',
  'gemma4',
  'gpt-oss',
  'olmo2',
  'cohere2',
  'mistral-swa',
  'mixtral',
  'qwen35',
];
const CASES = NAMES.flatMap((name) => ARCHITECTURE_CASES.find((one) => one.name === name) ?? []);

describe.each(CASES.map((one) => [one.name, one] as const))('%s', (_, one) => {
  const use = useArchitecture(one);
  const { ids } = one.golden.texts[0] as GoldenText;
  const tokens = ids.length;

  test('parts times 1, and parts as they are in the same run, change nothing', async () => {
    const { loaded } = use;
    const trace = await readTokens(loaded, [ids]);
    const parts = allParts(loaded.model.config);
    for (const by of [
      { kind: 'gain', value: 1 },
      { kind: 'resample', trace: trace.id },
    ] as const) {
      const request = { task: 0, trace: trace.id, position: tokens, parts, by };
      const { logprobs, base } = await ablations.answer(request, contextOf(loaded, trace));
      const scale = Math.max(...base.map(Math.abs));
      expect(
        largestDifference(
          logprobs,
          parts.flatMap(() => [...base]),
        ) / scale,
      ).toBeLessThan(1e-6);
    }
  });

  test('a run patched with itself stays as it is', async () => {
    const { loaded } = use;
    const trace = await readTokens(loaded, [ids]);
    for (const site of PATCH_SITES) {
      const request = gridOf(loaded, trace, trace, site);
      const { logprobs, corrupt } = await patchGrid.answer(request, contextOf(loaded, trace));
      const scale = Math.max(...corrupt.map(Math.abs));
      const expected = Array.from(logprobs, (_, i) => corrupt[i % 2] as number);
      expect(largestDifference(logprobs, expected) / scale).toBeLessThan(1e-6);
    }
  });

  test('another token in the place of one, and its stream in the place of that, are the run of the other text', async () => {
    const { loaded } = use;
    const trace = await readTokens(loaded, [ids]);
    await fc.assert(
      fc.asyncProperty(fc.nat(tokens - 2), fc.constantFrom(...ids), async (at, replacement) => {
        const changed = ids.with(at, replacement);
        const other = await readTokens(loaded, [changed]);
        const target = { from: tokens - 1, to: tokens };
        const request = { task: 0, trace: trace.id, targets: target, spans: [{ from: at, to: at + 1 }], replacement };
        const { logprobs } = await occlusion.answer(request, contextOf(loaded, trace));
        const expected = predictionsOf(other, tokens - 1, tokens, 0).logprob;
        expect(largestDifference(logprobs, expected)).toBeLessThan(1e-4);
        const grid = gridOf(loaded, trace, other, 'residual');
        const cell = { ...grid, layers: { from: 0, to: 1 }, columns: { from: 0, to: tokens }, position: tokens - 1 };
        const patched = await patchGrid.answer(cell, contextOf(loaded, trace, other));
        expect(patched.logprobs[2 * at]).toBeCloseTo(expected[0] as number, 4);
        expect(patched.clean[0]).toBeCloseTo(expected[0] as number, 4);
      }),
      { numRuns: 5 },
    );
  });
});

const contextOf = ({ model, sessions }: LoadedArchitecture, trace: Trace, ...others: Trace[]): LensContext => {
  const all = [trace, ...others];
  const traces = { get: (id: number) => all.find((one) => one.id === id) };
  return {
    ...TASK,
    progress: () => () => {},
    trace,
    model: { compiled: model, sessions, traces } as unknown as LoadedModel,
  };
};

function allParts({ numHiddenLayers, numAttentionHeads, kindOfLayer, layerKinds }: ModelConfig): Part[] {
  return Array.from({ length: numHiddenLayers }, (_, layer) => {
    const kind = layerKinds[kindOfLayer[layer] as number];
    const heads = kind && hasAttention(kind) ? numAttentionHeads : 0;
    return [
      ...Array.from({ length: heads }, (_, head): Part => ({ kind: 'head', layer, head })),
      ...(['attention', 'mlp', 'layer'] as const).map((kind): Part => ({ kind, layer })),
    ];
  }).flat();
}

function gridOf(
  { model: { config } }: LoadedArchitecture,
  trace: Trace,
  source: Trace,
  site: (typeof PATCH_SITES)[number],
) {
  const { numHiddenLayers, numAttentionHeads, kindOfLayer, layerKinds } = config;
  const first = kindOfLayer.findIndex((kind) => layerKinds[kind]?.states === undefined);
  return {
    task: 0,
    trace: trace.id,
    source: source.id,
    position: trace.ids.length,
    site,
    layers: site === 'head' ? { from: first, to: first + 1 } : { from: 0, to: numHiddenLayers },
    columns: { from: 0, to: site === 'head' ? numAttentionHeads : trace.ids.length },
  };
}
