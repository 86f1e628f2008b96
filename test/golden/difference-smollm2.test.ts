import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { divergenceStatistics } from '../../src/comparison/divergence-statistics';
import { measureAsLlamaCpp } from '../../src/comparison/measure-as-llama-cpp';
import type { DistributionShare } from '../../src/shared/difference-api';
import { largestDifference } from '../support/compare';
import { loadRequest, nextTask, startTestEngine } from '../support/engine';
import { expectBlock, type LlamaCppBlock } from '../support/llama-cpp-block';

/* The embedded model against copies of it, as PyTorch has them: test/fixtures/difference/smollm2.py. */

interface Golden {
  ids: number[];
  heads: [layer: number, head: number][];
  copies: Record<
    'heads' | 'Q8_0' | 'Q4_0',
    { logRatio: number[]; kl: number[]; reverseKl: number[]; sameTop: boolean[] }
  >;
  llamaCpp: LlamaCppBlock & { ids: number[]; begin: number };
}

const golden: Golden = JSON.parse(
  readFileSync(new URL('../fixtures/difference/smollm2.json', import.meta.url), 'utf8'),
);

const a = startTestEngine();
const b = startTestEngine();
beforeAll(() => a.load(loadRequest()));
afterAll(() => Promise.all([a.stop(), b.stop()]));

const read = async (engine: typeof a, headMask?: { layer: number; head: number; value: number }[]) =>
  (await engine.forwardTokens({ task: nextTask(), ids: golden.ids, headMask })).trace;

async function expectCopy(copy: keyof Golden['copies'], other: { trace: number; share?: DistributionShare }) {
  const found = await a.difference({ task: nextTask(), trace: await read(a), other });
  const { logRatio, kl, reverseKl, sameTop } = golden.copies[copy];
  const ratios = found.b.logprob.map((logprob, i) => logprob - (found.a.logprob[i] as number));
  expect(largestDifference(ratios, logRatio)).toBeLessThan(1e-3);
  expect(largestDifference(found.kl, kl)).toBeLessThan(1e-4);
  expect(largestDifference(found.reverseKl, reverseKl)).toBeLessThan(1e-4);
  const first = ({ topIds }: typeof found.a) => topIds.filter((_, i) => i % found.topK === 0);
  const [firstA, firstB] = [first(found.a), first(found.b)];
  expect(Array.from(firstA, (id, i) => id === firstB[i])).toEqual(sameTop);
  return found;
}

test('without some heads', async () => {
  const headMask = golden.heads.map(([layer, head]) => ({ layer, head, value: 0 }));
  await expectCopy('heads', { trace: await read(a, headMask) });
});

test('with its matrices in the blocks that the file has, it is the same model', async () => {
  await b.load(loadRequest({ weights: 'packed' }));
  const other = { trace: await read(b), share: await b.shareDistributions({}) };
  const found = await a.difference({ task: nextTask(), trace: await read(a), other });
  expect(Math.max(...found.kl, ...found.reverseKl)).toBeLessThan(1e-6);
  expect(largestDifference(found.b.logprob, [...found.a.logprob])).toBeLessThan(1e-4);
  expect(divergenceStatistics([found]).sameTop.value).toBe(1);
});

describe('with all its matrices quantised again', () => {
  const meanKl: number[] = [];

  test.each(['Q8_0', 'Q4_0'] as const)('to %s', async (copy) => {
    const weights = copy === 'Q8_0' ? 'q8_0' : 'q4_0';
    const bits = copy === 'Q8_0' ? 8 : 4;
    const model = await b.load(loadRequest({ weights }));
    expect(model).toMatchObject({ name: `SmolLM2-135M-Instruct (approximate, ${bits} bits)`, weights: `${bits}bit` });
    const { kl } = await expectCopy(copy, { trace: await read(b), share: await b.shareDistributions({}) });
    meanKl.push(kl.reduce((sum, value) => sum + value, 0) / kl.length);
  });

  test('8 bits are nearer to it than 4', () => expect(meanKl[0]).toBeLessThan((meanKl[1] as number) / 10));

  test('as llama.cpp measures it, chunk by chunk, to three digits', async () => {
    const { ids, begin, ...expected } = golden.llamaCpp;
    const steps: number[] = [];
    const asked = {
      a: { engine: a },
      b: { engine: b, share: await b.shareDistributions({}) },
      ids,
      begin: [begin],
      nextTask,
    };
    const found = await measureAsLlamaCpp(asked, {
      signal: new AbortController().signal,
      progress: (done, total) => steps.push(done / total),
    });
    expectBlock(found, expected);
    expect(steps).toEqual([0, 0.5, 1]);
  });
});

test('of too few tokens llama.cpp has no statistics', async () => {
  const asked = { a: { engine: a }, b: { engine: b }, ids: golden.ids, begin: [], nextTask };
  const work = { signal: new AbortController().signal, progress: () => {} };
  await expect(measureAsLlamaCpp(asked, work)).rejects.toMatchObject({ code: 'text.short' });
});
