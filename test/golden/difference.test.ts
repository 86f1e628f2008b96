import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { largestDifference } from '../support/compare';
import { loadRequest, nextTask, startTestEngine } from '../support/engine';
import { expectedDifference } from '../support/expected-difference';
import { llamaFixture, readReference } from '../support/llama-fixtures';

/* A's PyTorch values and B's are those of test/fixtures/llama: whole rows, of which the statistics are computed here in 64 bits. */

const a = startTestEngine();
const b = startTestEngine();
const A = readReference('grouped');
const B = readReference('separate-output');
afterAll(() => Promise.all([a.stop(), b.stop()]));
beforeAll(async () => {
  await a.load(loadRequest({ path: llamaFixture('grouped') }));
  await b.load(loadRequest({ path: llamaFixture('separate-output') }));
});

const read = async (engine: typeof a, ids: readonly number[]) =>
  (await engine.forwardTokens({ task: nextTask(), ids: [...ids] })).trace;

describe('two models of one vocabulary, in two engines', () => {
  test('differ as in PyTorch', async () => {
    const found = await a.difference({
      task: nextTask(),
      trace: await read(a, A.ids),
      other: { trace: await read(b, A.ids), share: await b.shareDistributions({}) },
    });
    expect(A.ids).toEqual(B.ids);
    const { kl, reverseKl, entropyA, logRatio } = expectedDifference(A.ids, A.logprobs, B.logprobs);
    expect(largestDifference(found.kl, kl)).toBeLessThan(1e-4);
    expect(largestDifference(found.reverseKl, reverseKl)).toBeLessThan(1e-4);
    expect(largestDifference(found.a.entropy, entropyA)).toBeLessThan(1e-4);
    const ratios = found.b.logprob.map((logprob, i) => logprob - (found.a.logprob[i] as number));
    expect(largestDifference(ratios, logRatio)).toBeLessThan(1e-3);
    expect([...found.a.rank]).toEqual(A.rank);
    expect([...found.b.rank]).toEqual(B.rank);
  });

  test('that compare with each other at once both get an answer', async () => {
    const [traceA, traceB] = [await read(a, A.ids), await read(b, A.ids)];
    const [shareA, shareB] = [await a.shareDistributions({}), await b.shareDistributions({})];
    const [one, other] = await Promise.all([
      a.difference({ task: nextTask(), trace: traceA, other: { trace: traceB, share: shareB } }),
      b.difference({ task: nextTask(), trace: traceB, other: { trace: traceA, share: shareA } }),
    ]);
    expect(largestDifference(one.kl, [...other.reverseKl])).toBeLessThan(1e-12);
  });
});

test('one model with heads changed differs from itself as in PyTorch', async () => {
  const headMask = A.heads.map((head, i) => ({ ...head, value: A.headMask[i] as number }));
  const { trace: changed } = await a.forwardTokens({ task: nextTask(), ids: A.ids, headMask });
  const found = await a.difference({ task: nextTask(), trace: await read(a, A.ids), other: { trace: changed } });
  const { kl, logRatio } = expectedDifference(A.ids, A.logprobs, A.maskedLogprobs);
  expect(largestDifference(found.kl, kl)).toBeLessThan(1e-4);
  const ratios = found.b.logprob.map((logprob, i) => logprob - (found.a.logprob[i] as number));
  expect(largestDifference(ratios, logRatio)).toBeLessThan(1e-3);
});

test('a model differs in nothing from itself, whose decoder was let go of meanwhile', async () => {
  const trace = await read(a, A.ids);
  await a.releaseDecoder({});
  const found = await a.difference({ task: nextTask(), trace, other: { trace } });
  expect(Math.max(...found.kl, ...found.reverseKl)).toBeLessThan(1e-6);
  expect(found.a).toEqual(found.b);
  // What needs the rest loads it again.
  await expect(read(a, A.ids.slice(3))).resolves.toBeGreaterThan(0);
});

test('a model with an adapter on its unembedding differs from itself without it as in PEFT', async () => {
  const folder = 'test/fixtures/architectures';
  const { base, ids, gains } = JSON.parse(readFileSync(`${folder}/lora-llama-embedding/gains.json`, 'utf8')) as {
    base: string;
    ids: number[];
    gains: { gain: number; logprob: number[] }[];
  };
  const adapter = `${folder}/lora-llama-embedding`;
  const engine = startTestEngine();
  try {
    await engine.load(loadRequest({ path: `${folder}/${base}/hf`, adapter, adapterApart: true }));
    const traceAt = async (adapterGain: number) =>
      (await engine.forwardTokens({ task: nextTask(), ids, adapterGain })).trace;
    const other = { trace: await traceAt(1) };
    const { a: without, b: tuned } = await engine.difference({ task: nextTask(), trace: await traceAt(0), other });
    const logprobsOf = (gain: number) => gains.find((at) => at.gain === gain)?.logprob ?? [];
    expect(largestDifference(without.logprob, logprobsOf(0))).toBeLessThan(1e-4);
    expect(largestDifference(tuned.logprob, logprobsOf(1))).toBeLessThan(1e-4);
  } finally {
    await engine.stop();
  }
});
