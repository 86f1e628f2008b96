import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exampleList } from '../../src/extension/examples/example-list';
import { SPANISH_ORDER } from '../../src/extension/examples/spanish-order';
import { type InspectJson, inspectJson, vitrine } from '../support/command-line';
import { gemmaFile } from '../support/gemma';

const inspectExample = (file: string, ...options: string[]): Promise<InspectJson> =>
  inspectJson(readFileSync(`examples/${file}`, 'utf8'), ...options);

test('every example that is offered is there, and the other way round, in each language', () => {
  // Of the folder beside them, a notebook runs where the command line does.
  const files = readdirSync('examples', { withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [entry.name] : [],
  );
  for (const language of ['en', 'es']) {
    const offered = exampleList((text) => text, language).map(({ file }) => file);
    expect([...offered, language === 'es' ? 'README.md' : 'LEEME.md'].sort()).toEqual(files.sort());
  }
});

// What the lists beside the examples, and the picker, say of them.
test.each([
  { one: 'mouse-and-cheese.txt', other: 'cheese-and-mouse.txt', sums: [-29.6, -39.0] },
  { one: 'gato-y-pescado.txt', other: 'pescado-y-gato.txt', sums: [-46.6, -54.3] },
  { one: 'raton-y-queso.txt', other: 'queso-y-raton.txt', sums: [-61.3, -50.5] },
])('$one and $other are as probable as is said of them', async ({ one, other, sums }) => {
  const [first, second] = [await inspectExample(one), await inspectExample(other)];
  expect(first.tokens).toHaveLength(second.tokens.length);
  expect([first.sumLogprob, second.sumLogprob].map((sum) => Number(sum?.toFixed(1)))).toEqual(sums);
});

const gemma = gemmaFile();

test.skipIf('missing' in gemma)('a model that knows Spanish has the sentences of LEEME.md in their order', async () => {
  if ('missing' in gemma) throw new Error(gemma.missing);
  const sums: string[] = [];
  for (const text of SPANISH_ORDER) {
    const { sumLogprob } = await inspectJson(text, '--model', gemma.path);
    sums.push((sumLogprob ?? 0).toFixed(1).replace('-', '−').replace('.', ','));
  }
  expect(sums).toEqual(['−42,7', '−45,5', '−46,2']);
  const readme = readFileSync('examples/LEEME.md', 'utf8');
  for (const sum of sums) expect(readme).toContain(sum);
});

test.each([
  { file: 'mouse-and-cheese.txt', token: ' cheese', instead: ' cat' },
  { file: 'the-number-327.txt', token: '8', instead: '7' },
  { file: 'chat.txt', token: 'Paris', instead: 'The' },
])('in $file the model would rather have written "$instead" than "$token"', async ({ file, token, instead }) => {
  const { tokens } = await inspectExample(file);
  const index = tokens.findLastIndex(({ text }) => text === token);
  expect(tokens[index - 1]?.top[0]?.text).toBe(instead);
});

test.each([
  {
    file: 'john-and-mary.txt',
    token: [' Mary', 84],
    against: [' John', 3.7],
    most: { for: ' Mary', against: ' John' },
  },
  { file: 'juan-y-maria.txt', token: [' Mar', 46], against: [' la', 9.1], most: { for: ' Mar', against: ' la' } },
])('$file goes on as is said of it, and for that reason', async ({ file, token, against, most }) => {
  const { why } = await inspectExample(file, '--why', 'end');
  expect([percentOf(why?.token), percentOf(why?.against)]).toEqual([token, against]);
  expect(mostIn(why)).toEqual(most);
});

test('in typo.py the model expects the word that is misspelt, for the loop’s sake', async () => {
  const { tokens } = await inspectExample('typo.py');
  const index = tokens.findLastIndex(({ text }) => text === ' quant');
  const { why } = await inspectExample('typo.py', '--why', `${index}: quantity`, '--against', ' item');
  expect(percentOf(why?.token)).toEqual([' quantity', 98]);
  expect(mostIn(why)).toEqual({ for: ' quantity', against: 'items' });
});

/** A token and its probability in per cent, as they are written. */
function percentOf(token: { text: string; logprob: number } | undefined): [string, number] {
  return [token?.text ?? '', Number((100 * Math.exp(token?.logprob ?? 0)).toPrecision(2))];
}

/** The tokens from which most comes, for and against. */
function mostIn(why: InspectJson['why']): { for: string | undefined; against: string | undefined } {
  const sources = why?.sources.toSorted((one, other) => other.value - one.value) ?? [];
  return { for: sources[0]?.token.text, against: sources.at(-1)?.token.text };
}

test('in code.py the model expects the numerator where the denominator stands', async () => {
  const { tokens } = await inspectExample('code.py');
  const index = tokens.findLastIndex(({ text }) => text === ' denominator');
  const [expected] = tokens[index - 1]?.top ?? [];
  expect([expected?.text, Math.round(100 * Math.exp(expected?.logprob ?? 0))]).toEqual([' numerator', 73]);
});

test('the conversations of chats.jsonl have the tokens and cost what is said of them', async () => {
  const { stdout } = await vitrine(['chat', 'examples/chats.jsonl', '--json']);
  const [first, second, third, chosen, rejected] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect([second.counts.template, second.tokens.length]).toEqual([43, 67]);
  const bits = [first, third].map(({ scored }) => scored.bitsPerToken.toFixed(1));
  const nats = [chosen, rejected].map(({ scored }) => scored.sumLogprob.toFixed(1));
  expect([...bits, ...nats]).toEqual(['4.8', '11.7', '-13.6', '-38.0']);
});
