import { describe, expect, test } from 'vitest';
import { AttentionPatterns } from '../../src/engine/attention/attention-patterns';
import { noInterventions } from '../../src/engine/interventions/interventions';
import { ablations } from '../../src/engine/lenses/ablations';
import { attention } from '../../src/engine/lenses/attention';
import { heads } from '../../src/engine/lenses/heads';
import type { LensContext } from '../../src/engine/lenses/lens';
import { rollout } from '../../src/engine/lenses/rollout';
import type { LoadedModel } from '../../src/engine/loaded-model';
import { predictionsOf } from '../../src/engine/predictions';
import { Prefill } from '../../src/engine/prefill';
import { residualOf, type Trace } from '../../src/engine/trace';
import { logprobsOf } from '../../src/engine/unembed';
import { ARCHITECTURE_CASES, type ArchitectureCase } from '../support/architecture-cases';
import { largestDifference } from '../support/compare';
import { type LoadedArchitecture, loadArchitecture, readTokens, TASK } from '../support/load-architecture';

/* Layers without attention carry a state from token to token, which cannot be cut back as keys and values are. */

const CASE = ARCHITECTURE_CASES.find(({ name }) => name === 'qwen35') as ArchitectureCase;

/** Runs of 256, 256 and 128 tokens, and a rest. */
const TOKENS = 700;

const NOTHING = { kind: 'gain', value: 0 } as const;

function someIds(count: number): number[] {
  const ids = CASE.golden.texts.flatMap((text) => text.ids);
  return Array.from({ length: count }, (_, i) => ids[(i * i + i) % ids.length] as number);
}

const logprobsIn = (trace: Trace) => predictionsOf(trace, 0, trace.ids.length, 0).logprob.subarray(1);

describe('a text that is edited after it was read', () => {
  const edits = (ids: number[]): [string, number[], number][] => [
    ['in its last run', [...ids.slice(0, 690), 5, ...ids.slice(690)], 640],
    ['in the middle of a run', [...ids.slice(0, 600), ...ids.slice(601)], 512],
    ['in its first run', [...ids.slice(0, 100), 7, ...ids.slice(100)], 0],
    ['at its end', [...ids, 9], 640],
    ['to a shorter one', ids.slice(0, 300), 256],
  ];

  test.each(edits(someIds(TOKENS)))('%s gives what reading it afresh gives', async (_, edited, reused) => {
    const loaded = await loadArchitecture(CASE);
    const { model, sessions } = loaded;
    const prefill = new Prefill(sessions, model);
    const on = noInterventions(model.config);
    const before = await prefill.run(Uint32Array.from(someIds(TOKENS)), on, TASK);
    // What is written on is forgotten again.
    await prefill.next(3, on, TASK);
    const after = await prefill.run(Uint32Array.from(edited), on, TASK);
    expect(after.reused).toBe(reused);
    expect(largestDifference(logprobsIn(after.trace), logprobsIn(await readTokens(loaded, [edited])))).toBeLessThan(
      1e-5,
    );
    await prefill.restore(before.trace, TASK);
    const next = await prefill.next(3, on, TASK);
    const fresh = await readTokens(loaded, [[...someIds(TOKENS), 3]]);
    const expected = residualOf(fresh, model.config.numHiddenLayers, TOKENS, TOKENS + 1);
    const [one, other] = await Promise.all(
      [next, expected].map((x) => logprobsOf(sessions.unembedding, model.config, x)),
    );
    expect(largestDifference(one as Float32Array, other as Float32Array)).toBeLessThan(1e-4);
  });
});

test('a head is switched off in a text of several runs as in a pass without it', async () => {
  const loaded = await loadArchitecture(CASE);
  const { config } = loaded.model;
  const ids = someIds(400);
  const trace = await readTokens(loaded, [ids]);
  const off = { layer: 3, head: 1 };
  const without = noInterventions(loaded.model.config);
  without.headMask[off.layer * config.numAttentionHeads + off.head] = 0;
  const { logprobs } = await ablations.answer(
    { task: 0, trace: trace.id, position: 399, parts: [{ kind: 'head', ...off }], by: NOTHING },
    contextOf(loaded, trace),
  );
  expect(logprobs[0]).toBeCloseTo(logprobsIn(await readTokens(loaded, [ids], without))[398] as number, 4);
});

test('layers without attention have nothing to show, and say so', async () => {
  const loaded = await loadArchitecture(CASE);
  const ids = someIds(40);
  const trace = await readTokens(loaded, [ids]);
  const context = contextOf(loaded, trace);
  const summaries = await heads.answer({ trace: trace.id }, context);
  expect(summaries.map(({ layer, entropy }) => [layer, Number.isNaN(entropy)])).toEqual(
    [0, 0, 1, 1, 2, 2, 3, 3].map((layer) => [layer, layer < 3]),
  );
  const refusal = { code: 'request.range', message: expect.stringMatching(/^Layer 1 has no attention matrix/) };
  const refused = [
    async () => attention.answer({ trace: trace.id, layer: 1, head: 0 }, context),
    async () => attention.answer({ trace: trace.id, layer: 1 }, context),
    async () =>
      ablations.answer(
        { task: 0, trace: trace.id, position: 9, parts: [{ kind: 'head', layer: 1, head: 0 }], by: NOTHING },
        context,
      ),
  ];
  for (const ask of refused) await expect(ask()).rejects.toMatchObject(refusal);

  const patterns = new AttentionPatterns(loaded.sessions, loaded.model);
  const all = await patterns.ofQuery(trace, 20, { mean: false });
  expect(all.subarray(0, 3 * 2 * 21).every((weight) => weight === 0)).toBe(true);
  const mean = await patterns.ofQuery(trace, 20, { mean: true });
  const ofLast = await patterns.ofQuery(trace, 20, { layer: 3, mean: true });
  expect(largestDifference(mean, ofLast)).toBeLessThan(1e-6);
  const shares = (await rollout.answer({ task: 0, trace: trace.id, from: 20, to: 21 }, context)) as Float32Array;
  // Half of the only layer with attention; the other half stays at its token.
  expect(
    largestDifference(
      shares,
      ofLast.map((weight, key) => 0.5 * weight + (key === 20 ? 0.5 : 0)),
    ),
  ).toBeLessThan(1e-6);
});

function contextOf({ model, sessions }: LoadedArchitecture, trace: Trace): LensContext {
  const attention = new AttentionPatterns(sessions, model);
  return {
    ...TASK,
    progress: () => () => {},
    turn: (run) => run(),
    trace,
    model: { compiled: model, sessions, attention } as LoadedModel,
  };
}
