import { expect } from 'vitest';
import type { EngineApi } from '../../src/shared/requests';
import { largestDifference } from './compare';
import { nextTask, readAll } from './engine';
import { goldenJson } from './golden';

/** Logprobs closer than this are equal but for rounding, and either may come first. */
const TIE = 1e-4;

export type Reading = Awaited<ReturnType<typeof readAll>>;

/**
 * Reads a text of the goldens, and holds its tokens and their places, log-probabilities, ranks and alternatives to PyTorch's.
 *
 * @param local an engine with the same model, which knows how many tokens are as probable as another: servers do not tell
 */
export async function expectGolden(name: string, engine: EngineApi, local: EngineApi): Promise<Reading> {
  const golden = goldenJson(name);
  const read = await readAll(engine, golden.text);
  expect([...read.ids]).toEqual(golden.ids);
  expect(Array.from(read.starts, (start, i) => [start, read.ends[i]])).toEqual(golden.spans);
  expect(largestDifference(read.logprob, golden.logprob)).toBeLessThan(1e-3);
  for (const [i, rank] of golden.rank.entries()) {
    if (rank === null || rank === read.rank[i]) continue;
    const difference = Math.abs((read.rank[i] as number) - rank);
    expect(difference, `rank of token ${i}`).toBeLessThanOrEqual(
      await ties(local, golden.text, i, read.logprob[i] as number),
    );
  }
  const logprobs = golden.top.flatMap((of) => of.slice(0, read.topK).map(([, logprob]) => logprob));
  expect(largestDifference(read.topLogprobsAfter, logprobs)).toBeLessThan(1e-3);
  return read;
}

/** How many tokens are as probable as the one that stands at a position. */
async function ties(engine: EngineApi, text: string, position: number, logprob: number): Promise<number> {
  const { trace } = await engine.forward({ task: nextTask(), text });
  const all = await engine.distribution({ trace, position: position - 1 });
  return all.reduce((count, other) => count + (Math.abs(other - logprob) < TIE ? 1 : 0), 0) - 1;
}
