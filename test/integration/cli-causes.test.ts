import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectJson, vitrine } from '../support/command-line';
import { llamaFixture } from '../support/llama-fixtures';
import { type Serving, startServing } from '../support/serve';
import { temporaryFolder } from '../support/temporary-folder';

/* What is measured by taking something away, or by putting it elsewhere: each held to a whole run that was changed so. */

const MODEL = ['--model', llamaFixture('grouped')];
const TEXT = 'the mouse ate the cat';
const OTHER = 'the mouse the the cat';

// biome-ignore lint/suspicious/noExplicitAny: docs/json.md says what it is
const jsonOf = async (...args: string[]): Promise<any> => {
  const { code, stdout, stderr } = await vitrine([...args, ...MODEL, '--json']);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
};

/** Log-probability of a token after a text that was read with something changed. */
async function logprobAfter(serving: Serving, position: number, id: number, changes: object): Promise<number> {
  const { result: read, error } = await serving.ask('forward', { text: TEXT, ...changes });
  if (error) throw new Error(error.message);
  const { result } = await serving.ask('distribution', { trace: read.trace, position: position - 1 });
  return result[id];
}

it('vitrine heads measures of every head what inspect --ablate does', async () => {
  const found = await jsonOf('heads', TEXT, '--at', '3');
  const whole = await inspectJson(TEXT, ...MODEL);
  const off = await inspectJson(TEXT, ...MODEL, '--ablate', '1.2');
  expect(found).toMatchObject({ position: 3, by: 'zero', text: TEXT, provenance: whole.provenance });
  expect(found.logprobs.token).toBeCloseTo(whole.tokens[3]?.logprob ?? Number.NaN, 4);
  const head = found.heads.find((one: { layer: number; head: number }) => one.layer === 1 && one.head === 2);
  expect(head.logprobs.token).toBeCloseTo(off.tokens[3]?.logprob ?? Number.NaN, 4);
  expect(head.change).toBeCloseTo(head.logprobs.token - found.logprobs.token, 6);
  const difference = ({ token, against }: { token: number; against: number }) => token - against;
  expect(head.effect).toBeCloseTo(difference(found.logprobs) - difference(head.logprobs), 6);
  const { terms } = (await jsonOf('inspect', TEXT, '--why', '3')).why;
  expect(head.direct).toBe(terms.find((term: typeof head) => term.layer === 1 && term.head === 2).value);
});

it('vitrine heads draws every head, and the strongest in a table', async () => {
  const { code, stdout } = await vitrine(['heads', TEXT, '--at', '3', '--by', 'mean', ...MODEL]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Without each head: .* rather than .*, as token 3\n/);
  expect(stdout).toMatch(/^layer +\.0 +\.1/m);
  expect(stdout).toMatch(/^head +without it +change +effect +direct$/m);
  expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

describe('--occlude', () => {
  it('hides each token from all after it, as a run in which it is hidden', async () => {
    const { occlusion, tokens } = await jsonOf('inspect', TEXT, '--occlude', 'token', '--why', '4');
    const serving = startServing(...MODEL);
    expect(occlusion).toMatchObject({ from: 4, to: 5, target: tokens[4].text });
    expect(occlusion.spans.map(({ from }: { from: number }) => from)).toEqual([0, 1, 2]);
    const hidden = await logprobAfter(serving, 4, tokens[4].id, { hidden: [{ from: 1, to: 2 }] });
    expect(occlusion.spans[1].logprob).toBeCloseTo(hidden, 4);
    expect(occlusion.spans[1].change).toBeCloseTo(hidden - occlusion.logprob, 4);
    expect(occlusion.spans[1].text).toBe(tokens[1].text);
  });

  it('hides lines, or parts of the text, of which the tokens of a selection are asked about together', async () => {
    const text = 'the mouse\nate the\nthe cat ate';
    const select = ['--select', `${text.lastIndexOf('the')}:${text.length}`];
    const lines = (await jsonOf('inspect', text, '--occlude', 'line', ...select)).occlusion;
    expect(lines.spans.map((span: { text: string }) => span.text.trim())).toEqual(['the mouse', 'ate the']);
    const parts = ['--occlude', '0:9', '--occlude', '10:17'];
    const { occlusion } = await jsonOf('inspect', text, ...parts, ...select);
    expect(occlusion.target.trim()).toBe('the cat ate');
    expect(occlusion.spans).toHaveLength(2);
    const { stdout } = await vitrine(['inspect', text, ...MODEL, '--occlude', 'line', ...select]);
    expect(stdout).toMatch(/^Which words mattered for /m);
  });
});

describe('--patch', () => {
  const fileOf = (text: string) => {
    const path = join(temporaryFolder(), 'other.txt');
    writeFileSync(path, text);
    return path;
  };

  it('puts what the text gives at one place into the run of the other', async () => {
    // An editor ends a file with a line break.
    const { patch, tokens } = await jsonOf('inspect', TEXT, '--patch', fileOf(`${OTHER}\n`));
    expect(patch.differs).toEqual([2]);
    expect(patch.columns).toEqual({ from: 2, to: tokens.length });
    const restored = patch.restored.at(0);
    // All that differs is what enters the first layer there.
    expect(restored[0]).toBeCloseTo(1, 3);
    expect(restored.slice(1)).toEqual(restored.slice(1).map(() => expect.closeTo(0, 4)));
    const serving = startServing(...MODEL);
    const { result: clean } = await serving.ask('forward', { text: TEXT });
    const source = { trace: clean.trace, layer: 1, position: 2 };
    const patches = [{ site: 'residual', layer: 1, position: 2, source }];
    const { result: read } = await serving.ask('forward', { text: OTHER, patches });
    const last = tokens.length - 1;
    const { result } = await serving.ask('distribution', { trace: read.trace, position: last });
    expect(patch.logprobs[1][0][0]).toBeCloseTo(result[patch.token.id], 4);
    expect(patch.logprobs[1][0][1]).toBeCloseTo(result[patch.against.id], 4);
  });

  it('draws the grid with its scale', async () => {
    const options = ['--patch', fileOf(OTHER), '--patch-site', 'head'];
    const { code, stdout } = await vitrine(['inspect', TEXT, ...MODEL, ...options]);
    expect(code).toBe(0);
    const picture = stdout.slice(stdout.indexOf('Patching: '));
    expect(picture.replaceAll('\n', ' ')).toContain('what a head gives');
    expect(picture).toMatch(/^layer +\.?\d/m);
    expect(Math.max(...picture.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it.each([
    ['the mouse ate', 1, /as many tokens.*They part at token 3/],
    [TEXT, 1, /the same: there is nothing to patch/],
  ])('refuses the other text %j', async (text, exitCode, sentence) => {
    const { code, stdout, stderr } = await vitrine(['inspect', TEXT, ...MODEL, '--patch', fileOf(text)]);
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect(stderr).toMatch(sentence);
  });
});

it.each([
  [['--patch-site', 'mlp'], /belongs to --patch/],
  [['--occlude', 'word'], /token, line, or START:END/],
])('refuses %j', async (options, sentence) => {
  const { code, stdout, stderr } = await vitrine(['inspect', TEXT, ...MODEL, ...options]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(sentence);
});
