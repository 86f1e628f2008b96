import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { largestDifference } from '../support/compare';
import { loadRequest, nextTask, startTestEngine } from '../support/engine';
import { WHY_CASES } from '../support/why-cases';

/* Attention weights times lengths of values: as `headSources` gives them of one query, which `why.test.ts` holds to PyTorch. */

const NAMES = ['llama-biases', 'gemma4', 'gpt-oss', 'qwen35', 'olmo2'];
const CASES = WHY_CASES.filter(({ name }) => NAMES.includes(name));

const engine = startTestEngine();
afterAll(() => engine.stop());

describe.each(CASES.map((one) => [one.name, one] as const))('%s', (_, { path, golden: { ids, headSources } }) => {
  const valueWeighted = 'length' as const;
  const [{ layer, head, norms }] = headSources as [(typeof headSources)[number]];
  const tokens = ids.length;
  const query = tokens - 1;
  let trace = 0;
  let heads = 0;
  beforeAll(async () => {
    ({ numAttentionHeads: heads } = await engine.load(loadRequest({ path })));
    ({ trace } = await engine.forwardTokens({ task: nextTask(), ids }));
  });

  test('of one query equals PyTorch', async () => {
    const found = await engine.attentionOfQuery({ trace, query, layer, head, valueWeighted });
    expect(largestDifference(found, norms)).toBeLessThan(1e-4 * Math.max(1, ...norms));
  });

  test('as a share of all that is written is the length over the sum of lengths', async () => {
    const found = await engine.attentionOfQuery({ trace, query, layer, head, valueWeighted: 'share' });
    const all = norms.reduce((sum, norm) => sum + norm, 0);
    expect(
      largestDifference(
        found,
        norms.map((norm) => norm / all),
      ),
    ).toBeLessThan(1e-4);
  });

  test('of a head and of a mean of heads is that of each query, whole and pooled', async () => {
    const whole = await engine.attention({ trace, layer, head, valueWeighted });
    const mean = await engine.attention({ trace, layer, valueWeighted });
    for (const row of [0, Math.floor(tokens / 2), query]) {
      const rowOf = ({ maximum }: typeof whole) => maximum.subarray(row * tokens, row * tokens + row + 1);
      const asked = { trace, query: row, layer, valueWeighted };
      const [one, all] = [await engine.attentionOfQuery({ ...asked, head }), await engine.attentionOfQuery(asked)];
      expect(largestDifference(rowOf(whole), one)).toBeLessThan(1e-4);
      const ofKey = (key: number) => Array.from({ length: heads }, (_, i) => all[i * (row + 1) + key] as number);
      const means = Array.from(one, (_, key) => ofKey(key).reduce((a, b) => a + b, 0) / heads);
      expect(largestDifference(rowOf(mean), means)).toBeLessThan(1e-4);
    }
    const size = Math.ceil(tokens / 2);
    const pooled = await engine.attention({ trace, layer, head, size, valueWeighted });
    const ofBlock = (row: number, column: number) => {
      const rows = [2 * row, 2 * row + 1].filter((at) => at < tokens);
      const columns = [2 * column, 2 * column + 1].filter((at) => at < tokens);
      return rows.flatMap((at) => columns.map((key) => whole.maximum[at * tokens + key] as number));
    };
    const blocks = Array.from({ length: size ** 2 }, (_, at) => ofBlock(Math.floor(at / size), at % size));
    expect(
      largestDifference(
        pooled.maximum,
        blocks.map((block) => Math.max(...block)),
      ),
    ).toBeLessThan(1e-6);
    expect(
      largestDifference(
        pooled.mean,
        blocks.map((block) => block.reduce((a, b) => a + b, 0) / block.length),
      ),
    ).toBeLessThan(1e-6);
  });
});
