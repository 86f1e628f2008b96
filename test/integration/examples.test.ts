import { readdirSync, readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import type { Engine } from '../../src/engine/client';
import { exampleList } from '../../src/extension/examples/example-list';
import { SPANISH_ORDER } from '../../src/extension/examples/spanish-order';
import { type InspectJson, inspectJson, vitrine } from '../support/command-line';
import { loadRequest, readAll, startTestEngine, useEngine } from '../support/engine';
import { gemmaFile } from '../support/gemma';

const textOf = (file: string) => readFileSync(`examples/${file}`, 'utf8');

const use = useEngine();

/** How probable the tokens of a text are; the first has no number. */
async function sumOf(engine: Engine, text: string): Promise<{ tokens: number; sum: string }> {
  const { ids, logprob } = await readAll(engine, text);
  return {
    tokens: ids.length,
    sum: logprob
      .subarray(1)
      .reduce((sum, value) => sum + value, 0)
      .toFixed(1),
  };
}

/** Of an example the place of the last token with this text, and what the model finds most probable there. */
async function expectedAt(file: string, token: string): Promise<{ index: number; text: string; probability: number }> {
  const { ids, topIdsAfter, topLogprobsAfter, topK } = await readAll(use.engine, textOf(file));
  const described = await use.engine.describe({ ids: [...ids] });
  const index = described.findLastIndex(({ text }) => text === token);
  const best = (index - 1) * topK;
  const [expected] = await use.engine.describe({ ids: [topIdsAfter[best] as number] });
  return { index, text: expected?.text ?? '', probability: Math.exp(topLogprobsAfter[best] ?? Number.NaN) };
}

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
  const [first, second] = [await sumOf(use.engine, textOf(one)), await sumOf(use.engine, textOf(other))];
  expect(first.tokens).toBe(second.tokens);
  expect([first.sum, second.sum].map(Number)).toEqual(sums);
});

const gemma = gemmaFile();

test.skipIf('missing' in gemma)('a model that knows Spanish has the sentences of LEEME.md in their order', async () => {
  if ('missing' in gemma) throw new Error(gemma.missing);
  const engine = startTestEngine();
  onTestFinished(() => engine.stop());
  await engine.load(loadRequest({ path: gemma.path }));
  const sums: string[] = [];
  for (const text of SPANISH_ORDER) {
    sums.push((await sumOf(engine, text)).sum.replace('-', '−').replace('.', ','));
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
  expect((await expectedAt(file, token)).text).toBe(instead);
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
  const { why } = await inspectJson(textOf(file), '--why', 'end');
  expect([percentOf(why?.token), percentOf(why?.against)]).toEqual([token, against]);
  expect(mostIn(why)).toEqual(most);
});

test('in typo.py the model expects the word that is misspelt, for the loop’s sake', async () => {
  const { index } = await expectedAt('typo.py', ' quant');
  const { why } = await inspectJson(textOf('typo.py'), '--why', `${index}: quantity`, '--against', ' item');
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
  const { text, probability } = await expectedAt('code.py', ' denominator');
  expect([text, Math.round(100 * probability)]).toEqual([' numerator', 73]);
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
