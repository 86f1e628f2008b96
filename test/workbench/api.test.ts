import { beforeAll, describe, expect, test } from 'vitest';
import { type InspectJson, inspectJson } from '../support/command-line';
import { runInExtensionHost } from './harness/extension-host';
import { isSupported } from './harness/install';
import type { ApiReport } from './host/api';

const [LAYER, HEAD] = [3, 2];

describe.skipIf(!isSupported)('what other extensions get', () => {
  let inspected: InspectJson;
  let report: ApiReport;

  beforeAll(async () => {
    report = (await runInExtensionHost('test/workbench/host/api.ts', { files: {} })) as ApiReport;
    inspected = await inspectJson('The mouse ate the cheese.', '--top', '5', '--attention', `${LAYER}.${HEAD}`);
  });

  test('the tokens of the model, and of another vocabulary', () => {
    expect(report.tokens).toEqual(inspected.tokens.map(({ id, text, start, end }) => ({ id, text, start, end })));
    // What tiktoken says.
    expect(report.otherTokens).toEqual([{ id: 13817, text: '327', start: 0, end: 3 }]);
  });

  test('the numbers of vitrine inspect', () => {
    expect(report.judged).toHaveLength(inspected.tokens.length);
    for (const [i, { logprob, rank, entropy, top }] of inspected.tokens.entries()) {
      const judged = report.judged[i];
      expect(judged?.rank).toBe(rank ?? undefined);
      expect(judged?.entropy).toBeCloseTo(entropy, 4);
      if (logprob !== null) expect(judged?.logprob).toBeCloseTo(logprob, 4);
      expect(judged?.top.map(({ text }) => text)).toEqual(top.map(({ text }) => text));
    }
  });

  test('the attention of every head', () => {
    const { layers, heads, weights } = report.attention;
    const row = inspected.attention?.[0]?.pattern[5] ?? [];
    expect(weights).toHaveLength(layers * heads * row.length);
    const from = (LAYER * heads + HEAD) * row.length;
    for (const [key, weight] of row.entries()) expect(weights[from + key]).toBeCloseTo(weight, 4);
  });

  test('why a token, by every part of the model and every token before it, as PyTorch has it', () => {
    const { token, against, logitDifference, terms, sources, remainder } = report.why;
    expect([token.text, against.text]).toEqual([' Mary', ' John']);
    expect(logitDifference).toBeCloseTo(3.121, 2);
    expect(terms).toHaveLength(1 + 30 * 9 + 30);
    expect(sumOf(terms) + remainder).toBeCloseTo(logitDifference, 3);
    expect(sumOf(sources)).toBeCloseTo(sumOf(terms.filter(({ kind }) => kind === 'head')), 3);
    const values = sources.map(({ value }) => Number(value.toFixed(2)));
    expect(values.slice(0, 5)).toEqual([0.25, -2.05, -0.17, 2.25, -0.11]);
    const { token: went, against: had, position } = report.whyOfChosen;
    expect([went.text, had.text, position]).toEqual([' went', ' had', 4]);
    expect(report.whyFirst).toMatch('No token at position 0 can be asked about');
  });

  test('the token that the cursor comes to', () => {
    const { start, end, id } = inspected.tokens[2] ?? {};
    expect(report.selection).toEqual({ isOfDocument: true, token: { id, start, end } });
  });

  test('the tools of a chat', () => {
    expect(report.tools.tokenize).toEqual({ count: 6, tokens: inspected.tokens.map(({ id, text }) => ({ id, text })) });
    const [first, second] = inspected.tokens;
    expect(report.tools.why).toMatchObject({ token: { text: ' Mary', probability: 0.84 }, against: { text: ' John' } });
    expect(report.tools.surprisal).toMatchObject({
      totalBits: expect.closeTo(-inspected.sumLogprob / Math.LN2, 1),
      tokens: [
        { text: first?.text, bits: null, rank: null },
        {
          text: second?.text,
          bits: expect.closeTo(-(second?.logprob ?? 0) / Math.LN2, 2),
          rank: (second?.rank ?? 0) + 1,
        },
        ...inspected.tokens.slice(2).map(({ text }) => ({ text })),
      ],
    });
  });

  test('a sentence for what cannot be', () => {
    expect(report.unknownTokenizer).toMatch('There is no tokenizer nothing: use model, gpt2');
    expect(report.tooLong).toMatch(/The text has 20,?\d\d\d tokens, and the context of .* has room for 8,?192/);
    expect(report.tools.badInput).toMatch('text');
  });
});

const sumOf = (parts: readonly { value: number }[]) => parts.reduce((sum, { value }) => sum + value, 0);
