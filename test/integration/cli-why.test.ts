import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WhyTerms } from '../../src/display/why-terms';
import { inspectJson, vitrine } from '../support/command-line';
import { llamaFixture } from '../support/llama-fixtures';
import { readArrays } from '../support/read-arrays';
import { startServing } from '../support/serve';
import { temporaryFolder } from '../support/temporary-folder';

const MODEL = ['--model', llamaFixture('grouped')];
const TEXT = 'the mouse ate the mouse';
const SHOPS = 'When John and Mary went to the shops, John gave the bag to';

type WithWhy = { why: WhyTerms };
const whyOf = async (text: string, ...options: string[]) =>
  ((await inspectJson(text, ...options)) as unknown as WithWhy).why;
const sumOf = (parts: readonly { value: number }[]) => parts.reduce((sum, { value }) => sum + value, 0);

describe('--why', () => {
  it('takes the difference apart into terms that add up to it with the remainder', async () => {
    const { terms, sources, remainder, logitDifference, position, token } = await whyOf(TEXT, ...MODEL, '--why', '3');
    const { tokens } = await inspectJson(TEXT, ...MODEL);
    expect([position, token.id]).toEqual([3, tokens[3]?.id]);
    expect(token.logprob).toBeCloseTo(tokens[3]?.logprob ?? Number.NaN, 5);
    expect(sumOf(terms) + remainder).toBeCloseTo(logitDifference, 12);
    expect(Math.abs(remainder)).toBeLessThan(1e-4);
    expect(sources.map((source) => source.token.id)).toEqual(tokens.slice(0, 3).map(({ id }) => id));
    expect(sumOf(sources)).toBeCloseTo(sumOf(terms.filter(({ kind }) => kind === 'head')), 4);
  });

  it('says of a model with a soft cap what it has of the remainder', async () => {
    const model = ['--model', 'test/fixtures/architectures/gemma2-scale/hf'];
    const { terms, remainder, logitDifference, softCap } = await whyOf('the mouse ate', ...model, '--why', 'end');
    expect(sumOf(terms) + remainder).toBeCloseTo(logitDifference, 12);
    expect(remainder).toBeCloseTo(softCap ?? Number.NaN, 4);
  });

  it('asks about another token at a place, and against another, named as a shell allows', async () => {
    const colon = await whyOf(SHOPS, '--why', '3::', '--against', '\\n');
    expect([colon.token.text, colon.against.text]).toEqual([':', '\n']);
    expect(colon.logitDifference).toBeCloseTo(colon.token.logprob - colon.against.logprob, 4);
    const byId = await whyOf(SHOPS, '--why', `3:#${colon.token.id}`, '--against', `#${colon.against.id}`);
    expect(byId).toEqual(colon);
  });

  it('draws it within 80 columns, with both tokens, the strongest parts and the remainder', async () => {
    const { stdout } = await vitrine(['inspect', SHOPS, '--why', 'end: Mary', '--against', '·John']);
    const picture = stdout.slice(stdout.indexOf('Why ·Mary'));
    expect(picture).toMatch(/^Why ·Mary rather than ·John, as token 14\n/);
    expect(picture).toMatch(/^head 23\.3 +\+1\.9 .*█+$/m);
    expect(picture).toMatch(/^289 others +−/m);
    expect(picture).toMatch(/^remainder +[+−]\d\.\d × 10⁻[⁰-⁹¹²³]+/m);
    expect(picture).toMatch(/^the difference +\+3\.1 /m);
    expect(picture).toMatch(/ ·Mary .*\n.* \+2\.2 /);
    expect(Math.max(...picture.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('gives the means of every part over prompts, each with tokens of its own', async () => {
    const input = `{"text": ${JSON.stringify(SHOPS)}, "token": " Mary", "against": " John"}\n{"text": "The cat"}\n{"text": "The", "token": "no token"}\n`;
    const { code, stdout } = await vitrine(['inspect', '--prompts', '-', '--why', 'end'], { input });
    const [mary, cat, failed, means] = stdout.split('\n').map((line) => line && JSON.parse(line));
    expect(code).toBe(1);
    expect(mary.why.token.text).toBe(' Mary');
    expect(failed.error).toMatch(/no·token is no token of .*: it is cut into no and ·token/);
    expect(means.why).toMatchObject({ prompts: 2 });
    expect(means.why.terms[5].value).toBeCloseTo((mary.why.terms[5].value + cat.why.terms[5].value) / 2, 12);
    expect(sumOf(means.why.terms) + means.why.remainder).toBeCloseTo(means.why.logitDifference, 10);
  });

  it('is saved as arrays', async () => {
    const path = join(temporaryFolder(), 'out.safetensors');
    const { terms, sources } = await whyOf(TEXT, ...MODEL, '--why', '3', '--save', path);
    const { arrays, metadata } = readArrays(path);
    const heads = terms.filter(({ kind }) => kind === 'head').map(({ value }) => Math.fround(value));
    expect(arrays['why.heads']?.values).toEqual(heads);
    expect(arrays['why.sources']?.values).toEqual(sources.map(({ value }) => Math.fround(value)));
    expect(JSON.parse(metadata.why ?? '').position).toBe(3);
  });

  it.each([
    [['--why', '0'], 2, /position of a token from 1 on/],
    [['--why', 'here'], 2, /position of a token from 1 on/],
    [['--against', 'x'], 2, /belongs to --why/],
    [['--why', '99'], 1, /no token 99: the text has 5 tokens/],
    [['--why', 'end', '--against', '#999999'], 1, /no token 999,?999/],
  ])('refuses %j', async (options, exitCode, sentence) => {
    const { code, stdout, stderr } = await vitrine(['inspect', TEXT, ...MODEL, ...options]);
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect(stderr).toMatch(sentence);
  });
});

it('serve answers why, its arrays nested by layer', async () => {
  const serving = startServing(...MODEL);
  const { result: read } = await serving.ask('forward', { text: TEXT });
  const { result: why } = await serving.ask('why', { trace: read.trace, position: 3 });
  const { terms } = await whyOf(TEXT, ...MODEL, '--why', '3');
  const heads = terms.flatMap((term) => (term.kind === 'head' && term.layer === 1 ? [term.value] : []));
  expect(why.heads[1]).toEqual(heads);
  expect(why.sources).toHaveLength(3);
});
