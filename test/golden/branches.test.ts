import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ablations } from '../../src/engine/lenses/ablations';
import type { LensContext } from '../../src/engine/lenses/lens';
import { occlusion } from '../../src/engine/lenses/occlusion';
import { patchGrid } from '../../src/engine/lenses/patch-grid';
import type { LoadedModel } from '../../src/engine/loaded-model';
import type { Trace } from '../../src/engine/trace';
import { hasAttention, kindOf, type ModelConfig } from '../../src/model/config';
import type { Part } from '../../src/shared/why-api';
import { PATCH_SITES } from '../../src/shared/why-requests';
import { ARCHITECTURE_CASES, type ArchitectureCase, type GoldenText } from '../support/architecture-cases';
import { type Change, loadedModel, logprobsIn, readChanged } from '../support/changed-runs';
import { largestDifference } from '../support/compare';
import { TASK, useArchitecture } from '../support/load-architecture';

/* Runs that begin in the middle of another, held to whole runs and to laws: `ablations.test.ts` and `patching.test.ts` hold them to PyTorch. */

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
  const end = ids.length;
  const someToken = fc.constantFrom(...ids);

  test('parts times 1, and parts as they are in the same run, change nothing', async () => {
    const model = loadedModel(use.loaded);
    const trace = await readChanged(model, ids);
    const parts = allParts(model.compiled.config);
    for (const by of [{ kind: 'gain', value: 1 } as const, { kind: 'resample', trace: trace.id } as const]) {
      const asked = { task: 0, trace: trace.id, position: end, parts, by };
      const { logprobs, base } = await ablations.answer(asked, contextOf(model, trace));
      expectAlike(logprobs, base);
    }
  });

  test('a run patched with itself stays as it is', async () => {
    const model = loadedModel(use.loaded);
    const { config } = model.compiled;
    const trace = await readChanged(model, ids);
    // Nothing added, which differs from nothing to add: places that are the same anyway are not run.
    const steering = new Float32Array(config.numHiddenLayers * config.hiddenSize);
    const source = await readChanged(model, ids, { steering });
    for (const site of PATCH_SITES) {
      const asked = { task: 0, trace: trace.id, source: source.id, position: end, site };
      const cells = cellsOf(config, site, end);
      const { logprobs, corrupt } = await patchGrid.answer({ ...asked, ...cells }, contextOf(model, trace));
      expectAlike(logprobs, corrupt);
    }
  });

  test('another token in the place of one, and its stream in the place of that, are the run of the other text', async () => {
    const model = loadedModel(use.loaded);
    await fc.assert(
      fc.asyncProperty(fc.nat(end - 3), someToken, async (at, replacement) => {
        const trace = await readChanged(model, ids);
        const other = await readChanged(model, ids.with(at, replacement));
        const expected = logprobsIn(other).subarray(end - 3);
        const spans = [{ from: at, to: at + 1 }];
        const asked = { task: 0, trace: trace.id, targets: { from: end - 2, to: end }, spans, replacement };
        const { logprobs } = await occlusion.answer(asked, contextOf(model, trace));
        expect(largestDifference(logprobs, expected)).toBeLessThan(1e-4);
        const cell = { layers: { from: 0, to: 1 }, columns: { from: at, to: at + 1 }, site: 'residual' as const };
        const grid = { task: 0, trace: trace.id, source: other.id, position: end - 1, ...cell };
        const patched = await patchGrid.answer(grid, contextOf(model, trace));
        expect(patched.logprobs[0]).toBeCloseTo(expected[1] as number, 4);
        expect(patched.clean[0]).toBeCloseTo(expected[1] as number, 4);
      }),
      { numRuns: 4 },
    );
  });

  test('beside other changes, a place patched or a token hidden does as in a whole run', async () => {
    const model = loadedModel(use.loaded);
    const { config } = model.compiled;
    const canHide = config.layerKinds.every(hasAttention);
    const source = await readChanged(model, ids.toReversed());
    const from = { trace: source.id, layer: 0, position: 2 };
    const change: Change = {
      steering: new Float32Array(config.numHiddenLayers * config.hiddenSize).fill(0.05),
      hidden: canHide ? [{ from: 1, to: 2 }] : [],
      patches: [{ site: 'mlp', layer: 0, position: 1, source: from }],
    };
    const site = fc.constantFrom('residual' as const, 'attention' as const, 'mlp' as const);
    await fc.assert(
      fc.asyncProperty(
        site,
        fc.nat(config.numHiddenLayers - 1),
        fc.integer({ min: 2, max: end - 2 }),
        async (...place) => {
          const [site, layer, position] = place;
          const trace = await readChanged(model, ids, change);
          const cell = { layers: { from: layer, to: layer + 1 }, columns: { from: position, to: position + 1 }, site };
          const grid = { task: 0, trace: trace.id, source: source.id, position: end - 1, ...cell };
          const patch = { site, layer, position, source: { trace: source.id, layer, position } };
          const { logprobs } = await patchGrid.answer(grid, contextOf(model, trace));
          const patched = await readChanged(model, ids, { ...change, patches: [...(change.patches ?? []), patch] });
          expect(logprobs[0]).toBeCloseTo(logprobsIn(patched)[end - 2] as number, 4);
          if (!canHide) return;
          const parts: Part[] = [{ kind: 'token', position }];
          const asked = { task: 0, trace: trace.id, position: end - 1, parts, by: { kind: 'gain', value: 0 } as const };
          const without = await ablations.answer(asked, contextOf(model, trace));
          const span = { from: position, to: position + 1 };
          const hidden = await readChanged(model, ids, { ...change, hidden: [...(change.hidden ?? []), span] });
          expect(without.logprobs[0]).toBeCloseTo(logprobsIn(hidden)[end - 2] as number, 4);
        },
      ),
      { numRuns: 4 },
    );
  });
});

describe('what cannot be changed is refused in a sentence', () => {
  const one = (name: string) => ARCHITECTURE_CASES.find((found) => found.name === name) as ArchitectureCase;
  const use = useArchitecture(one('llama-biases'));
  const states = useArchitecture(one('qwen35'));
  const [first, second] = one('llama-biases').golden.texts as [GoldenText, GoldenText];
  const nothing = { kind: 'gain', value: 0 } as const;

  test('a text of another length, a token that is not only hidden, a position after the end', async () => {
    const model = loadedModel(use.loaded);
    const trace = await readChanged(model, first.ids);
    const other = await readChanged(model, [...second.ids, ...first.ids]);
    const asked = { task: 0, trace: trace.id, position: 2, parts: [{ kind: 'token', position: 0 }] as Part[] };
    const context = contextOf(model, trace);
    const refused = [
      () => ablations.answer({ ...asked, parts: [], by: { kind: 'resample', trace: other.id } }, context),
      () => ablations.answer({ ...asked, by: { kind: 'mean' } }, context),
      () => ablations.answer({ ...asked, position: first.ids.length + 1, by: nothing }, context),
    ];
    for (const ask of refused) await expect(ask()).rejects.toMatchObject({ code: 'request.range' });
  });

  test('tokens of a model that carries a state', async () => {
    const model = loadedModel(states.loaded);
    const trace = await readChanged(model, one('qwen35').golden.texts[0]?.ids ?? []);
    const context = contextOf(model, trace);
    const parts: Part[] = [{ kind: 'token', position: 0 }];
    const spans = [{ from: 0, to: 1 }];
    const refused = [
      () => ablations.answer({ task: 0, trace: trace.id, position: 2, parts, by: nothing }, context),
      () => occlusion.answer({ task: 0, trace: trace.id, targets: { from: 2, to: 3 }, spans }, context),
    ];
    for (const ask of refused) await expect(ask()).rejects.toMatchObject({ code: 'request.hidden' });
  });
});

const contextOf = (model: LoadedModel, trace: Trace): LensContext => ({
  ...TASK,
  progress: () => () => {},
  turn: (run) => run(),
  trace,
  model,
});

/** Pairs of log-probabilities, each the same as one. */
function expectAlike(logprobs: Float32Array, base: Float32Array): void {
  const expected = Array.from(logprobs, (_, i) => base[i % 2] as number);
  expect(largestDifference(logprobs, expected) / Math.max(...base.map(Math.abs))).toBeLessThan(1e-6);
}

function allParts(config: ModelConfig): Part[] {
  return Array.from({ length: config.numHiddenLayers }, (_, layer) => {
    const heads = hasAttention(kindOf(config, layer)) ? config.numAttentionHeads : 0;
    return [
      ...Array.from({ length: heads }, (_, head): Part => ({ kind: 'head', layer, head })),
      ...(['attention', 'mlp', 'layer'] as const).map((kind): Part => ({ kind, layer })),
    ];
  }).flat();
}

/** All there are; of heads those of the first layer that has any. */
function cellsOf(config: ModelConfig, site: (typeof PATCH_SITES)[number], tokens: number) {
  const first = config.kindOfLayer.findIndex((_, layer) => hasAttention(kindOf(config, layer)));
  if (site === 'head')
    return { layers: { from: first, to: first + 1 }, columns: { from: 0, to: config.numAttentionHeads } };
  return { layers: { from: 0, to: config.numHiddenLayers }, columns: { from: 0, to: tokens } };
}
