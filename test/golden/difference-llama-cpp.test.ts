import { readFileSync } from 'node:fs';
import { afterAll, test } from 'vitest';
import { divergenceStatistics } from '../../src/comparison/divergence-statistics';
import { chunksAsLlamaCpp } from '../../src/comparison/llama-cpp-chunks';
import { loadRequest, nextTask, startTestEngine } from '../support/engine';
import { expectBlock } from '../support/llama-cpp-block';
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
  expectBlock(divergenceStatistics(parts), golden);
});
