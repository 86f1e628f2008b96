import { describe, expect, onTestFinished, test } from 'vitest';
import { AttentionPatterns } from '../../src/engine/attention/attention-patterns';
import { experts } from '../../src/engine/lenses/experts';
import type { LensContext } from '../../src/engine/lenses/lens';
import { predictionsOf } from '../../src/engine/predictions';
import { Prefill } from '../../src/engine/prefill';
import { createSessions, type Sessions, sessionsOf } from '../../src/engine/sessions';
import type { Trace } from '../../src/engine/trace';
import { type CompiledModel, compileModel } from '../../src/model/compile';
import type { AskedStorage } from '../../src/shared/request-fields';
import { ARCHITECTURE_CASES, type ArchitectureCase, type GoldenText } from '../support/architecture-cases';
import { largestDifference } from '../support/compare';
import { temporaryFolder } from '../support/temporary-folder';

const TASK = { signal: new AbortController().signal, progress: () => {} };
/** Log-probabilities closer than this are equal but for rounding, and either may come first. */
const TIE = 1e-4;

describe.each(ARCHITECTURE_CASES.map((one) => [`${one.name} (${one.format})`, one] as const))('%s', (_, one) => {
  test('equals PyTorch in log-probability, rank, entropy, alternatives, attention and experts', async () => {
    const { model, sessions } = await load(one);
    for (const golden of one.golden.texts) {
      const trace = await read(model, sessions, golden.ids);
      expectPredictions(trace, golden, one.golden.float32_noise);
      await expectAttention(model, sessions, trace, golden);
      await expectExperts(trace, golden);
    }
  });

  test('gives the same where a text is read on, and where it is read whole', async () => {
    const { model, sessions } = await load(one);
    const golden = one.golden.texts.at(-1) as GoldenText;
    const prefill = new Prefill(sessions, model);
    const edited = [...golden.ids.slice(0, 70), ...golden.ids.slice(0, 16)];
    await prefill.run(Uint32Array.from(edited), headMaskOf(model), TASK);
    const { trace } = await prefill.run(Uint32Array.from(golden.ids), headMaskOf(model), TASK);
    expectPredictions(trace, golden, one.golden.float32_noise);
  });
});

async function load(
  { path }: ArchitectureCase,
  weights: AskedStorage = 'auto',
): Promise<{ model: CompiledModel; sessions: Sessions }> {
  const model = await compileModel(path, { cache: { folder: temporaryFolder(), limitBytes: 1e9 }, weights });
  const sessions = await createSessions(model, { provider: 'cpu', threads: 1 });
  onTestFinished(async () => {
    for (const session of sessionsOf(sessions)) await session.release();
  });
  return { model, sessions };
}

const headMaskOf = ({ config }: CompiledModel) =>
  new Float32Array(config.numHiddenLayers * config.numAttentionHeads).fill(1);

async function read(model: CompiledModel, sessions: Sessions, ids: number[]): Promise<Trace> {
  const { trace } = await new Prefill(sessions, model).run(Uint32Array.from(ids), headMaskOf(model), TASK);
  return trace;
}

function expectPredictions(trace: Trace, golden: GoldenText, noise: number): void {
  const tolerance = noise > 6e-5 ? 5e-4 : 3e-4;
  const read = predictionsOf(trace, 0, golden.ids.length, 5);
  expect(largestDifference(read.logprob.subarray(1), golden.logprob.slice(1) as number[])).toBeLessThan(tolerance);
  expect(largestDifference(read.entropyAfter, golden.entropy_bits)).toBeLessThan(tolerance);
  for (const [i, top] of golden.top.entries()) {
    const ours = read.topLogprobsAfter.subarray(i * read.topK, (i + 1) * read.topK);
    expect(
      largestDifference(
        ours,
        top.map(([, logprob]) => logprob),
      ),
    ).toBeLessThan(tolerance);
  }
  for (const [i, rank] of golden.rank.entries()) {
    if (rank === null || Math.abs((read.rank[i] as number) - rank) <= 1) continue;
    expect(read.rank[i], `rank of token ${i}`).toBe(rank);
  }
}

/** A model without experts has none; the first cases do not say of theirs. */
async function expectExperts(trace: Trace, { ids, experts: golden }: GoldenText): Promise<void> {
  // From the third token on, so that a range is asked for.
  const from = 2;
  const layers = await experts.answer({ trace: trace.id, from, to: ids.length }, { trace } as LensContext);
  const expected = (golden ?? []).flatMap((tokens, layer) => (tokens ? [{ layer, tokens: tokens.slice(from) }] : []));
  if (golden) expect(layers.map(({ layer }) => layer)).toEqual(expected.map(({ layer }) => layer));
  for (const [index, { tokens }] of expected.entries()) {
    const of = layers[index] as (typeof layers)[number];
    expect([...of.experts]).toEqual(tokens.flatMap((choices) => choices.map(([expert]) => expert)));
    expect(
      largestDifference(
        of.weights,
        tokens.flat().map(([, weight]) => weight),
      ),
    ).toBeLessThan(TIE);
  }
}

async function expectAttention(
  model: CompiledModel,
  sessions: Sessions,
  trace: Trace,
  golden: GoldenText,
): Promise<void> {
  const patterns = new AttentionPatterns(sessions, model);
  const check = async (layer: number, head: number, rows: number[][]) => {
    const { maximum } = await patterns.pattern(trace, layer, head, { from: 0, to: rows.length });
    const whole = rows.flatMap((row) => [...row, ...Array(rows.length - row.length).fill(0)]);
    expect(largestDifference(maximum, whole), `head ${layer}.${head}`).toBeLessThan(TIE);
  };
  for (const [layer, heads] of (golden.attention ?? []).entries()) {
    for (const [head, rows] of (heads ?? []).entries()) await check(layer, head, rows);
  }
  for (const { layer, head, rows } of golden.attention_heads ?? []) await check(layer, head, rows);
}
