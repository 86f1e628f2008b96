import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type InspectJson, inspectJson, vitrine } from '../support/command-line';
import { largestDifference } from '../support/compare';
import {
  ARCHITECTURES,
  diffJson,
  GROUPED,
  LORA,
  LORA_BASE,
  OTHERS,
  SENTENCE,
  SEPARATE,
  TEXT,
} from '../support/diff-command';
import { expectedDifference } from '../support/expected-difference';
import { readReference } from '../support/llama-fixtures';
import { temporaryFolder } from '../support/temporary-folder';

interface SideJson {
  logprob: number;
  rank: number;
  entropy: number;
  top: { id: number; text: string; logprob: number }[];
}

interface TokenJson {
  id: number;
  text: string;
  start: number;
  end: number;
  a: SideJson;
  b: SideJson;
  kl: number;
  reverseKl: number;
}

const logRatios = (tokens: readonly TokenJson[]) => tokens.map(({ a, b }) => b.logprob - a.logprob);

describe('two models', () => {
  it('differ as in PyTorch', async () => {
    const [A, B] = [readReference('grouped'), readReference('separate-output')];
    const { a, b, text, tokens, summary } = await diffJson(A.text, '--model', GROUPED, '--model', SEPARATE);
    const expected = expectedDifference(A.ids, A.logprobs, B.logprobs);
    const of = (value: (token: TokenJson) => number): number[] => tokens.map(value);
    expect([a.model, b.model]).toEqual(['Tiny random Llama, grouped', 'Tiny random Llama, separate-output']);
    expect(text).toBe(A.text);
    expect(of(({ id }) => id)).toEqual(A.ids.slice(1));
    expect(tokens.map((token: TokenJson) => token.text).join('')).toBe(A.text.slice(tokens[0].start));
    expect(largestDifference(logRatios(tokens), expected.logRatio)).toBeLessThan(1e-3);
    expect(
      largestDifference(
        of(({ kl }) => kl),
        expected.kl,
      ),
    ).toBeLessThan(1e-4);
    expect(
      largestDifference(
        of(({ reverseKl }) => reverseKl),
        expected.reverseKl,
      ),
    ).toBeLessThan(1e-4);
    expect(
      largestDifference(
        of((token) => token.a.entropy),
        expected.entropyA,
      ),
    ).toBeLessThan(1e-4);
    expect(of((token) => token.b.rank)).toEqual(B.rank);
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
    expect(summary.tokens).toBe(A.ids.length - 1);
    expect(summary.logRatio).toBeCloseTo(sum(expected.logRatio), 2);
    expect(summary.meanKl).toBeCloseTo(sum(expected.kl) / expected.kl.length, 4);
    const flips = tokens.filter((token: TokenJson) => token.a.top[0]?.id !== token.b.top[0]?.id).length;
    expect(summary.sameTop).toBeCloseTo(1 - flips / tokens.length, 9);
  });

  it('of which one is the other differ in nothing, and it says so', async () => {
    const { code, stdout, stderr } = await vitrine(['diff', TEXT, '--model', GROUPED, '--model', GROUPED, '--json']);
    const { tokens, summary } = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(stderr).toMatch(/same weights in the same form/);
    expect(Math.max(...tokens.flatMap(({ kl, reverseKl }: TokenJson) => [kl, reverseKl]))).toBeLessThan(1e-6);
    expect(logRatios(tokens)).toEqual(tokens.map(() => 0));
    expect(summary.sameTop).toBe(1);
  });

  it('of one name have the folders beside it that tell one from the other', async () => {
    const folder = temporaryFolder();
    for (const name of ['before', 'after']) {
      mkdirSync(join(folder, name));
      cpSync(GROUPED, join(folder, name, 'model.gguf'));
    }
    const models = ['before', 'after'].flatMap((name) => ['--model', join(folder, name, 'model.gguf')]);
    const { a, b } = await diffJson(TEXT, ...models);
    expect([a.label, b.label]).toEqual([`${a.model} (before)`, `${a.model} (after)`]);
    expect(a.model).toBe(b.model);
  });

  it('of different vocabularies are compared by parts that both cut off, and no KL is made up', async () => {
    const models = OTHERS.flatMap((path) => ['--model', path]);
    const found = await diffJson(SENTENCE, ...models);
    expect(found.tokens).toBeUndefined();
    expect(JSON.stringify(found)).not.toMatch(/kl/i);
    const read = await Promise.all(OTHERS.map((path) => inspectJson(SENTENCE, '--model', path)));
    for (const { text, start, end, a, b } of found.spans) {
      expect(text).toBe(SENTENCE.slice(start, end));
      for (const [index, side] of [a, b].entries()) {
        const within = (read[index]?.tokens ?? []).filter((token) => token.start >= start && token.end <= end);
        expect(side.tokens).toBe(within.length);
        expect(side.logprob).toBeCloseTo(
          within.reduce((sum, { logprob }) => sum + (logprob ?? 0), 0),
          3,
        );
      }
    }
    const { stdout } = await vitrine(['diff', SENTENCE, ...models]);
    expect(stdout).toMatch(/^from +part +tokens A +B +bits A +bits B +ln B\/A$/m);
    expect(stdout.replaceAll('\n', ' ')).toMatch(/different vocabularies.*KL is not defined/);
  });
});

describe('one model in another way', () => {
  const gains = JSON.parse(readFileSync(`${LORA}/gains.json`, 'utf8')).gains as { gain: number; logprob: number[] }[];
  const logprobsAt = (gain: number) => gains.find((at) => at.gain === gain)?.logprob ?? [];

  it.each([0, 2.5])('with an adapter at a gain of %s, as in PEFT', async (gain) => {
    const { a, b, tokens } = await diffJson(SENTENCE, '--model', LORA_BASE, '--adapter', LORA, '--gain', `${gain}`);
    const of = (side: 'a' | 'b'): number[] => tokens.map((token: TokenJson) => token[side].logprob);
    expect(largestDifference(of('a'), logprobsAt(0))).toBeLessThan(1e-4);
    expect(largestDifference(of('b'), logprobsAt(gain))).toBeLessThan(1e-4);
    expect([a.adapterGain, b.adapterGain]).toEqual([undefined, gain]);
    expect(b.label).toMatch(new RegExp(` \\+ ${gain} × lora-llama$`));
  });

  it('with a head off and a control vector added, as inspect has it', async () => {
    const model = ['--model', `${ARCHITECTURES}/olmo3/hf`];
    const changes = ['--ablate', '1.1', '--steer', 'test/fixtures/steering/control.gguf:0.5'];
    const { b, tokens } = await diffJson(SENTENCE, ...model, ...changes);
    const plain = await inspectJson(SENTENCE, ...model);
    const changed = await inspectJson(SENTENCE, ...model, ...changes);
    const logprobs = ({ tokens }: InspectJson) => tokens.slice(1).map(({ logprob }) => logprob ?? Number.NaN);
    const of = (side: 'a' | 'b'): number[] => tokens.map((token: TokenJson) => token[side].logprob);
    expect(largestDifference(of('a'), logprobs(plain))).toBeLessThan(1e-4);
    expect(largestDifference(of('b'), logprobs(changed))).toBeLessThan(1e-4);
    expect(largestDifference(of('a'), of('b'))).toBeGreaterThan(1e-2);
    expect(b.provenance).toEqual(changed.provenance);
    expect(b.label).toBe(`${changed.model}, without 1.1, 0.50 × control`);
  });

  it('in its chat template: the tokens of the text, as they stand in the prompt', async () => {
    const { a, b, tokens } = await diffJson(SENTENCE, '--chat-template');
    expect(a.prompt).toBeUndefined();
    // As transformers renders it, with the template's own system message.
    expect(b.prompt).toMatch(
      /^<\|im_start\|>system\n.*<\|im_end\|>\n<\|im_start\|>user\nThe mouse ate the cheese\.<\|im_end\|>\n/,
    );
    const input = [SENTENCE, b.prompt].map((text) => JSON.stringify({ text })).join('\n');
    const { stdout } = await vitrine(['inspect', '--prompts', '-', '--top', '1'], { input });
    const [plain, prompt] = stdout.split('\n', 2).map((line) => JSON.parse(line) as InspectJson) as [
      InspectJson,
      InspectJson,
    ];
    const at = b.prompt.indexOf(SENTENCE);
    for (const token of tokens as TokenJson[]) {
      const standing = (of: InspectJson, start: number) => of.tokens.find((one) => one.start === start);
      expect(token.a.logprob).toBeCloseTo(standing(plain, token.start)?.logprob ?? Number.NaN, 3);
      expect(token.b.logprob).toBeCloseTo(standing(prompt, at + token.start)?.logprob ?? Number.NaN, 3);
    }
    expect(tokens).toHaveLength(plain.tokens.length - 1);
  });

  it('in another form of its weights', async () => {
    const model = ['--model', `${ARCHITECTURES}/llama-q8-0/model.gguf`];
    const { a, b, summary } = await diffJson(SENTENCE, ...model, '--weights', 'packed', '--weights', 'float32');
    expect([a.weights, b.weights]).toEqual(['packed', 'float32']);
    expect([a.label, b.label]).toEqual([`${a.model}, packed`, `${a.model}, float32`]);
    expect(summary.meanKl).toBeLessThan(1e-6);
  });
});

it('of a file that is quantised already, a form that is rounded once more is near that file', async () => {
  const asked = [SENTENCE, '--model', `${ARCHITECTURES}/llama-q4-1/model.gguf`, '--weights', 'q4_0'];
  const near =
    'The weights of B are rounded to 4 bits from a file that has them as Q4_1: near that file, not the original model.';
  const { a, b } = await diffJson(...asked);
  expect([a.fileType, b.fileType]).toEqual(['Q4_1', 'Q4_1']);
  expect([a.notes, b.notes]).toEqual([undefined, [near]]);
  const { stdout } = await vitrine(['diff', ...asked]);
  expect(stdout).toMatch(/^A .* · Q4_1 file\nB .* · Q4_1 file\n/);
  expect(stdout.replaceAll('\n', ' ')).toContain(near);
});

describe('for people', () => {
  const [A, B] = [readReference('grouped'), readReference('separate-output')];
  const args = ['diff', A.text, '--model', GROUPED, '--model', SEPARATE];

  it('a table of at most 80 columns, what moved most, and where the first guess flips', async () => {
    const { stdout } = await vitrine(args);
    const { logRatio } = expectedDifference(A.ids, A.logprobs, B.logprobs);
    expect(stdout).toMatch(
      /^A {2}Tiny random Llama, grouped · F32 file\nB {2}Tiny random Llama, separate-output · Q8_0 file\n\n *# token/,
    );
    expect(Math.max(...stdout.split('\n').map((line) => [...line].length))).toBeLessThanOrEqual(80);
    // Whose sign is seen without colours.
    for (const [index, ratio] of logRatio.entries()) {
      const shown = `${ratio < 0 ? '−' : '+'}${Math.abs(ratio).toPrecision(2)}`;
      expect(stdout).toMatch(new RegExp(`^ *${index + 1} .* %  *\\${shown} `, 'm'));
    }
    expect(stdout).toMatch(
      /^The tokens that moved most\n *# +more probable to B +ln B\/A +# +less probable to B +ln B\/A\n/m,
    );
    expect(stdout).toMatch(
      /^The first guess flips in \d+ of \d+ places.*\n *# +stands there +A would say +B would say\n/m,
    );
  });

  it('in two hues, where there are colours', async () => {
    const { stdout } = await vitrine(args, { env: { FORCE_COLOR: '3' } });
    const { logRatio } = expectedDifference(A.ids, A.logprobs, B.logprobs);
    const most = logRatio.map((ratio, index) => ({ ratio, index })).filter(({ ratio }) => Math.abs(ratio) > 0.5);
    expect(new Set(most.map(({ ratio }) => Math.sign(ratio))).size).toBe(2);
    for (const { ratio, index } of most) {
      const line =
        stdout.split('\n').find((one) => one.includes(`m ${index + 1} `) || one.includes(`m${index + 1} `)) ?? '';
      const [red = 0, , blue = 0] = /48;2;(\d+);(\d+);(\d+)m/.exec(line)?.slice(1).map(Number) ?? [];
      expect(Math.sign(blue - red)).toBe(Math.sign(ratio));
    }
  });
});
