import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { divergenceStatistics } from '../../src/comparison/divergence-statistics';
import { chunksAsLlamaCpp } from '../../src/comparison/llama-cpp-chunks';
import type { Distributed, Estimate } from '../../src/shared/difference-api';
import { loadRequest, nextTask, startTestEngine } from '../support/engine';
import { llamaFixture } from '../support/llama-fixtures';

const golden = JSON.parse(readFileSync(new URL('../fixtures/difference/llama-cpp.json', import.meta.url), 'utf8'));

const a = startTestEngine();
const b = startTestEngine();
afterAll(() => Promise.all([a.stop(), b.stop()]));

test("the block of llama.cpp's statistics, on the same chunks, to three digits", async () => {
  await a.load(loadRequest({ path: llamaFixture('grouped') }));
  await b.load(loadRequest({ path: llamaFixture('separate-output') }));
  const share = await b.shareDistributions({});
  const parts = [];
  for (const { ids, positions } of chunksAsLlamaCpp(golden.ids, [], golden.size)) {
    const { trace } = await a.forwardTokens({ task: nextTask(), ids });
    const other = await b.forwardTokens({ task: nextTask(), ids });
    const asked = { trace, other: { trace: other.trace, share }, positions: { a: positions, b: positions } };
    parts.push(await a.difference({ task: nextTask(), ...asked, topK: 1, asLlamaCpp: true }));
  }
  const found = divergenceStatistics(parts);
  expect(found.tokens).toBe(golden.tokens);
  isClose(found.correlation, golden.correlation);
  for (const name of [
    'perplexityA',
    'perplexityB',
    'logRatio',
    'ratio',
    'difference',
    'rootMeanSquareChange',
    'sameTop',
  ] as const)
    isEstimate(found[name], golden[name]);
  isSpread(found.kl, golden.kl);
  isSpread(found.probabilityChange, golden.probabilityChange);
});

function isSpread(found: Distributed, expected: typeof golden): void {
  isEstimate(found.mean, expected.mean);
  isClose(found.maximum, expected.maximum);
  isClose(found.minimum, expected.minimum);
  for (const [i, value] of expected.percentiles.entries()) isClose(found.percentiles[i]?.value, value);
}

function isEstimate(found: Estimate, [value, error]: [number, number]): void {
  isClose(found.value, value);
  isClose(found.error, error);
}

/** To three digits, or where they are near nothing to a millionth. */
function isClose(found: number | undefined, expected: number): void {
  expect(Math.abs((found ?? Number.NaN) - expected)).toBeLessThan(5e-4 * Math.abs(expected) + 1e-6);
}
