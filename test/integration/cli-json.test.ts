import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultModelPath } from '../../models/catalogue';
import manifest from '../../package.json';
import { ARCHITECTURE_CASES, type ArchitectureCase, type GoldenText } from '../support/architecture-cases';
import { type InspectJson, inspectAnew, inspectJson, vitrine } from '../support/command-line';
import { largestDifference } from '../support/compare';
import { type Golden, goldenJson, hasGoldens } from '../support/golden';

const MOUSE = 'The mouse ate the cheese.';

function expectRanks(actual: readonly (number | null)[], expected: readonly (number | null)[]): void {
  for (const [index, rank] of expected.entries()) {
    // Far down the list, many tokens are as probable as each other to the last digit.
    const tolerance = rank !== null && rank > 100 ? rank / 500 : 0;
    if (rank === null) expect(actual[index]).toBeNull();
    else
      expect(Math.abs((actual[index] ?? Number.NaN) - rank), `rank of token ${index}`).toBeLessThanOrEqual(tolerance);
  }
}

describe.runIf(hasGoldens)('the JSON equals what PyTorch gives', () => {
  it.each(['mouse-en', 'raton', 'chat', 'emoji-split', 'one-token'])('%s', async (name) => {
    const golden = goldenJson(name);
    const { text, tokens, sumLogprob } = await inspectJson(golden.text);
    expect(text).toBe(golden.text);
    expect(tokens.map(({ id }) => id)).toEqual(golden.ids);
    expect(tokens.map(({ start, end }) => [start, end])).toEqual(golden.spans);
    expect(tokens.map((token) => token.text)).toEqual(
      golden.spans.map(([start, end]) => golden.text.slice(start, end)),
    );
    expect(Buffer.from(tokens.map(({ bytes }) => bytes).join(''), 'hex').toString()).toBe(golden.text);
    expect(largestDifference(logprobsOf(tokens), golden.logprob)).toBeLessThan(1e-3);
    expect(tokens[0]).toMatchObject({ logprob: null, rank: null });
    expectRanks(
      tokens.map(({ rank }) => rank),
      golden.rank,
    );
    expect(
      largestDifference(
        tokens.map(({ entropy }) => entropy),
        golden.entropy_bits,
      ),
    ).toBeLessThan(1e-3);
    expect(tokens.map(({ entropyBefore }) => entropyBefore)).toEqual([
      null,
      ...tokens.slice(0, -1).map(({ entropy }) => entropy),
    ]);
    for (const [index, { top }] of tokens.entries()) {
      const expected = golden.top[index]?.map(([, logprob]) => logprob) ?? [];
      expect(
        largestDifference(
          top.map(({ logprob }) => logprob),
          expected,
        ),
      ).toBeLessThan(1e-3);
    }
    expect(sumLogprob).toBeCloseTo(golden.sum_logprob, 2);
  });

  it('attention of the last token, and the logit lens', async () => {
    const golden = goldenJson('mouse-en');
    const { attention, lens } = await inspectJson(
      MOUSE,
      '--attention',
      '10.3',
      '--attention',
      '29.8',
      '--lens',
      '--top',
      '5',
    );
    expect(attention?.map(({ layer, head }) => `${layer}.${head}`)).toEqual(['10.3', '29.8']);
    for (const { layer, head, pattern } of attention ?? []) {
      expect(pattern.map((row) => row.length)).toEqual(golden.ids.map(() => golden.ids.length));
      expect(largestDifference(pattern.at(-1) ?? [], goldenQuery(golden, layer, head))).toBeLessThan(1e-4);
    }
    expect(lens?.map(({ layer }) => layer)).toEqual(golden.logit_lens?.map((_, layer) => layer));
    for (const { layer, tokens } of lens ?? []) {
      const best = golden.logit_lens?.[layer]?.map(([candidate]) => candidate?.[1] ?? null) ?? [];
      expect(
        largestDifference(
          tokens.map(({ top }) => top[0]?.logprob ?? Number.NaN),
          best,
        ),
      ).toBeLessThan(1e-3);
    }
  });

  // All heads, and more continuations: test/golden/engine.test.ts.
  it.each([
    [3, 2],
    [29, 8],
  ])('without head %i.%i', async (layer, head) => {
    const { ablated } = goldenJson<{ ablated: { layer: number; head: number; logprob: (number | null)[] }[] }>(
      'ablation',
    );
    const expected = ablated.find((entry) => entry.layer === layer && entry.head === head)?.logprob ?? [];
    const { tokens } = await inspectJson(MOUSE, '--ablate', `${layer}.${head}`);
    expect(largestDifference(logprobsOf(tokens), expected)).toBeLessThan(1e-3);
  });

  it('a greedy continuation', async () => {
    const [first] = goldenJson<{ prompt: string; ids: number[]; logprob: number[]; text: string }[]>('generation');
    const { prompt, ids, logprob, text } = first ?? expect.fail('there is no continuation');
    const { continuation } = await inspectJson(prompt, '--continue', `${ids.length}`);
    expect(continuation?.tokens.map(({ id }) => id)).toEqual(ids);
    expect(largestDifference(continuation?.tokens.map((token) => token.logprob) ?? [], logprob)).toBeLessThan(1e-3);
    expect(continuation?.text).toBe(text);
  });
});

describe('vitrine inspect --json', () => {
  it('is one object with the documented members in their order', async () => {
    const json = await inspectJson(MOUSE, '--attention', '0.0', '--heads', '--lens', '--continue', '1');
    expect(Object.keys(json)).toEqual(
      'model provider weights provenance text tokens sumLogprob perplexity bitsPerCharacter attention heads lens continuation timing'.split(
        ' ',
      ),
    );
    expect(Object.keys(json.tokens[0] ?? {})).toEqual(
      'id text bytes start end logprob rank entropyBefore entropy top'.split(' '),
    );
    expect(Object.keys(json.heads?.[0] ?? {})).toEqual(
      'layer head previous first self induction inductionQueries entropy'.split(' '),
    );
    expect(json.heads).toHaveLength(270);
    expect(json.tokens.map(({ top }) => top.length)).toEqual([10, 10, 10, 10, 10, 10]);
  });

  it('says which experts saw each token, as PyTorch does, and of a model without them that there are none', async () => {
    const olmoe = ARCHITECTURE_CASES.find(
      ({ name, format }) => name === 'olmoe' && format === 'gguf',
    ) as ArchitectureCase;
    const golden = olmoe.golden.texts[0] as GoldenText;
    const { experts = [], tokens } = await inspectJson(golden.text, '--experts', '--model', olmoe.path);
    expect(tokens.map(({ id }) => id)).toEqual(golden.ids);
    expect(experts.map(({ layer }) => layer)).toEqual([0, 1]);
    for (const { layer, tokens: chosen } of experts) {
      const expected = golden.experts?.[layer] ?? [];
      expect(chosen.map((choices) => choices.map(({ expert }) => expert))).toEqual(
        expected.map((choices) => choices.map(([expert]) => expert)),
      );
      expect(
        largestDifference(
          chosen.flat().map(({ weight }) => weight),
          expected.flat().map(([, weight]) => weight),
        ),
      ).toBeLessThan(1e-4);
    }
    expect((await inspectJson(MOUSE, '--experts')).experts).toEqual([]);
  });

  it('says which model on what version it is of, and which heads were off', async () => {
    const { provenance } = await inspectJson(MOUSE, '--ablate', '17.5', '--ablate', '0.6');
    expect(provenance).toEqual({
      vitrine: manifest.version,
      model: 'SmolLM2-135M-Instruct',
      sha256: createHash('sha256').update(readFileSync(defaultModelPath())).digest('hex'),
      ablated: [
        { layer: 17, head: 5 },
        { layer: 0, head: 6 },
      ],
    });
    expect((await inspectJson(MOUSE)).provenance.ablated).toEqual([]);
  });

  it('leaves out what was not asked for', async () => {
    const json = await inspectJson(MOUSE, '--top', '1');
    expect(Object.keys(json)).toEqual(
      'model provider weights provenance text tokens sumLogprob perplexity bitsPerCharacter timing'.split(' '),
    );
    expect(json.tokens.map(({ top }) => top.length)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('sums what it shows', async () => {
    const text = 'Käse 👍🏽 und Brot';
    const { tokens, sumLogprob, perplexity, bitsPerCharacter } = await inspectJson(text);
    const sum = logprobsOf(tokens.slice(1)).reduce((total, logprob) => total + logprob, 0);
    expect(sumLogprob).toBeCloseTo(sum, 6);
    expect(perplexity).toBeCloseTo(Math.exp(-sum / (tokens.length - 1)), 1);
    expect(bitsPerCharacter).toBeCloseTo(-sum / Math.LN2 / [...text].length, 5);
  });

  it('is null where nothing is defined', async () => {
    const json = await inspectJson('The', '--heads');
    expect(json).toMatchObject({ sumLogprob: 0, perplexity: null, bitsPerCharacter: null });
    expect(json.heads?.[0]).toMatchObject({ previous: null, first: null, induction: null, inductionQueries: 0 });
  });

  it('shows and sums only the tokens that touch the selection, read after all that comes before', async () => {
    const whole = await inspectJson(MOUSE);
    const options = ['--select', '8:17', '--attention', '1.2', '--lens'];
    const { text, tokens, sumLogprob, attention, lens } = await inspectJson(MOUSE, ...options);
    expect(text).toBe(MOUSE);
    expect(tokens).toEqual(whole.tokens.slice(1, 4));
    expect(sumLogprob).toBeCloseTo(
      logprobsOf(tokens).reduce((total, logprob) => total + logprob, 0),
      6,
    );
    expect(attention?.[0]?.pattern.map((row) => row.length)).toEqual([4, 4, 4]);
    expect(lens?.[30]?.tokens.map(({ top }) => top[0]?.id)).toEqual(tokens.map(({ top }) => top[0]?.id));
  });

  it('takes every token that holds a part of a character', async () => {
    const { tokens } = await inspectJson('a👩b', '--select', '2:3');
    expect(tokens.map(({ start, end, text, bytes }) => ({ start, end, text, bytes }))).toEqual(
      ['f09f', '91', 'a9'].map((bytes) => ({ start: 1, end: 3, text: '👩', bytes })),
    );
  });

  it('draws the same tokens for the same seed, others for another', async () => {
    const drawn = async (seed: number): Promise<InspectJson['continuation']> => {
      const options = ['--continue', '6', '--temperature', '1.5', '--seed', `${seed}`];
      return JSON.parse(await inspectAnew('Once upon a time', ...options)).continuation;
    };
    const [one, again, other] = [await drawn(7), await drawn(7), await drawn(8)];
    expect(again).toEqual(one);
    expect(other?.text).not.toBe(one?.text);
  });
});

describe('what a model is made of and costs', () => {
  it('equals the constants of its shape and of the papers', async () => {
    const anatomy = JSON.parse((await vitrine(['anatomy', '--tokens', '512', '--json'])).stdout);
    const { tensors, flops, chinchilla } = anatomy;
    expect(anatomy).toMatchObject({ parameters: 134_515_008, kvBytesPerToken: 46_080 });
    // In GFLOP, by nanoGPT's way of counting.
    expect([flops.full, flops.causal].map((value) => (value / 1e9).toFixed(1))).toEqual(['155.8', '146.8']);
    expect([chinchilla.printed, chinchilla.refit].map(({ tokens }) => (tokens / 1e9).toFixed(2))).toEqual([
      '3.85',
      '3.37',
    ]);
    expect(tensors[0]).toMatchObject({ name: 'token_embd.weight', shape: [49_152, 576], type: 'Q8_0' });
    // 32 numbers in 34 bytes.
    expect(tensors[0]).toMatchObject({ bytes: (49_152 * 576 * 34) / 32, part: 'embedding', layer: null });
    expect(anatomy.memory).toMatchObject({ cache: 512 * 46_080, trace: 4 * 31 * 576 * 512 });
    expect(anatomy.glitch.candidates.length).toBeGreaterThan(0);
  });

  it('is counted beyond the context too, with a warning, and refuses no length at all', async () => {
    const tiny = 'test/fixtures/architectures/olmoe/model.gguf';
    const beyond = await vitrine(['anatomy', '--model', tiny, '--tokens', '9000', '--json']);
    expect(JSON.parse(beyond.stdout).tokens).toBe(9000);
    expect(beyond.stderr).toContain('reads 256 tokens at most');
    expect(await vitrine(['anatomy', '--tokens', '0'])).toMatchObject({ code: 2, stdout: '' });
  });
});

function logprobsOf(tokens: InspectJson['tokens']): number[] {
  return tokens.map(({ logprob }) => logprob ?? Number.NaN);
}

function goldenQuery(golden: Golden, layer: number, head: number): number[] {
  return golden.attention_last_query?.[layer]?.[head] ?? [];
}
