import { expect, it } from 'vitest';
import { inspectJson, vitrine } from '../support/command-line';
import { llamaFixture } from '../support/llama-fixtures';

const MODEL = ['--model', llamaFixture('grouped')];

it('reads token ids as they are: those of a text give the numbers of the text', async () => {
  // The cheese is three tokens, each a part of its bytes.
  const text = 'the mouse 🧀 ate';
  const expected = await inspectJson(text);
  const ids = expected.tokens.map(({ id }) => id).join(',');
  const { stdout } = await vitrine(['inspect', '--ids', ids, '--json']);
  const { tokens, sumLogprob } = JSON.parse(stdout);
  expect(sumLogprob).toBe(expected.sumLogprob);
  expect(tokens.map(({ bytes }: { bytes: string }) => bytes).join('')).toBe(Buffer.from(text).toString('hex'));
});

it('reads many prompts, one JSON a line, and gives the means of every head last', async () => {
  const input = [
    '{"id": "first", "text": "the mouse ate the mouse"}',
    '{"ids": [1, 2, 3, 1, 2]}',
    '',
    '{"id": 7, "text": ""}',
    '{"text": "the", "ids": [1]}',
  ].join('\n');
  const options = ['--prompts', '-', '--ablate', '0.1', '--heads', ...MODEL];
  const { code, stdout, stderr } = await vitrine(['inspect', ...options], { input });
  expect({ code, stderr }).toEqual({ code: 1, stderr: '2 prompts of 4 could not be read: their lines say why.\n' });
  const [text, ids, empty, odd, means] = stdout.split('\n').map((line) => line && JSON.parse(line));
  expect(text).toMatchObject({ prompt: 0, id: 'first', text: 'the mouse ate the mouse' });
  const alone = await inspectJson('the mouse ate the mouse', '--ablate', '0.1', '--heads', ...MODEL);
  expect({ ...text, timing: undefined }).toEqual({ prompt: 0, id: 'first', ...alone, timing: undefined });
  expect(ids.tokens.map(({ id }: { id: number }) => id)).toEqual([1, 2, 3, 1, 2]);
  expect(empty).toEqual({ prompt: 2, id: 7, error: expect.stringContaining('no text') });
  expect(odd).toEqual({ prompt: 3, error: expect.stringContaining('is no prompt') });
  expect(means).toMatchObject({ prompts: 4, failed: 2, tokens: text.tokens.length + 5 });
  expect(means.provenance.ablated).toEqual([{ layer: 0, head: 1 }]);
  for (const [index, head] of means.heads.entries()) {
    const [one, other] = [text.heads[index], ids.heads[index]];
    expect(head).toMatchObject({ layer: one.layer, head: one.head, inductionPrompts: 2 });
    for (const measure of ['previous', 'first', 'self', 'induction', 'entropy']) {
      expect(head[measure]).toBeCloseTo((one[measure] + other[measure]) / 2, 12);
    }
  }
});

it.each([
  [['the mouse', '--ids', '3'], /either a text or --ids/],
  [['--ids', 'three'], /such as 504,9444/],
  [['the mouse', '--prompts', '-'], /either a text or --prompts/],
  [['--prompts', '-', '--save', 'x'], /cannot be used with option/],
])('refuses %j', async (options, sentence) => {
  const { code, stdout, stderr } = await vitrine(['inspect', ...options, ...MODEL]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(sentence);
});

it('says which ids there are', async () => {
  const { code, stderr } = await vitrine(['inspect', '--ids', '999999', ...MODEL]);
  expect({ code, stderr }).toMatchObject({ code: 1, stderr: expect.stringMatching(/no token 999999 .* 0 to/) });
});
