import { describe, expect, test } from 'vitest';
import { AttentionPatterns } from '../../src/engine/attention/attention-patterns';
import { noInterventions } from '../../src/engine/interventions/interventions';
import { experts } from '../../src/engine/lenses/experts';
import type { LensContext } from '../../src/engine/lenses/lens';
import { predictionsOf } from '../../src/engine/predictions';
import { Prefill } from '../../src/engine/prefill';
import { residualOf, type Trace } from '../../src/engine/trace';
import { logprobsOf } from '../../src/engine/unembed';
import { ARCHITECTURE_CASES, type GoldenText, REFUSED_CASES } from '../support/architecture-cases';
import { largestDifference } from '../support/compare';
import {
  type LoadedArchitecture,
  loadArchitecture,
  readTokens,
  TASK,
  useArchitecture,
} from '../support/load-architecture';

/** Log-probabilities closer than this are equal but for rounding, and either may come first. */
const TIE = 1e-4;

describe.each(
  ARCHITECTURE_CASES.map(
    (one) => [`${one.name} (${one.format}${one.weights === 'packed' ? ', packed' : ''})`, one] as const,
  ),
)('%s', (_, one) => {
  const use = useArchitecture(one);

  test('equals PyTorch in log-probability, rank, entropy, alternatives, attention and experts', async () => {
    const { loaded } = use;
    for (const golden of one.golden.texts) {
      const trace = await readTokens(loaded, [golden.ids]);
      expectPredictions(trace, golden, one.golden.float32_noise);
      await expectAttention(loaded, trace, golden);
      await expectExperts(trace, golden);
    }
  });

  test('gives the same where a text is read on, and where it is read whole', async () => {
    const golden = one.golden.texts.at(-1) as GoldenText;
    const edited = [...golden.ids.slice(0, 70), ...golden.ids.slice(0, 16)];
    const { loaded } = use;
    const trace = await readTokens(loaded, [edited, golden.ids]);
    expectPredictions(trace, golden, one.golden.float32_noise);
    await expectContinuation(loaded, golden);
  });
});

test.each(REFUSED_CASES.map((one) => [one.name, one.format, one] as const))(
  '%s (%s) is refused by the name of what is not implemented',
  async (_, __, one) => {
    await expect(loadArchitecture(one)).rejects.toMatchObject({
      code: 'model.unsupported',
      message: expect.stringMatching(one.refused),
    });
  },
);

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
  { model, sessions }: LoadedArchitecture,
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

/** A text that is continued token by token, also over the length beyond which all its positions rotate otherwise. */
async function expectContinuation(
  { model, sessions }: LoadedArchitecture,
  { ids, logprob }: GoldenText,
): Promise<void> {
  const [from, to] = [30, 50];
  const prefill = new Prefill(sessions, model);
  const { trace } = await prefill.run(Uint32Array.from(ids.slice(0, from)), noInterventions(model.config), TASK);
  prefill.cache.reserve(to);
  let residual = residualOf(trace, model.config.numHiddenLayers, from - 1, from);
  for (const id of ids.slice(from, to)) residual = await prefill.next(id, trace.interventions, TASK);
  const logprobs = await logprobsOf(sessions.unembedding, model.config, residual);
  expect(Math.abs((logprobs[ids[to] as number] as number) - (logprob[to] as number))).toBeLessThan(3e-4);
}
