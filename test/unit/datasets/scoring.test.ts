import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { BackgroundReader } from '../../../src/background/background-reader';
import { DatasetList } from '../../../src/datasets/list/dataset-list';
import { sortedLines } from '../../../src/datasets/list/order';
import type { RowModel } from '../../../src/datasets/scores/row-model';
import { errorText, render } from '../../../src/display/sentences';
import { VitrineError } from '../../../src/shared/errors';
import { temporaryFolder } from '../../support/temporary-folder';

/** A character is a token, of a probability of one half under A and of one quarter under B; one is said wrongly. */
function model(label: string, nats: number, said: string[] = []): RowModel {
  return {
    label,
    key: label,
    vocabulary: 'characters',
    contextLength: 60,
    read: async ({ messages }) => {
      const text = messages.map(({ content }) => content).join('\n');
      if (text.includes('refused')) throw new VitrineError('chat.refused', { template: 'No.', values: [] });
      const answer = messages.at(-1)?.role === 'assistant' ? (messages.at(-1)?.content.length ?? 0) : 0;
      const ids = Uint32Array.from(text, (letter) => letter.charCodeAt(0));
      return { text, ids, isScored: Uint8Array.from(ids, (_, i) => (i >= ids.length - answer ? 1 : 0)) };
    },
    readText: async (text) => {
      const ids = Uint32Array.from(text, (letter) => letter.charCodeAt(0));
      return { text, ids, isScored: Uint8Array.from(ids, (_, i) => (i > 0 ? 1 : 0)) };
    },
    score: async (ids) => {
      said.push(String.fromCharCode(...ids));
      return Float64Array.from(ids, (id, i) => (i === 0 ? Number.NaN : id === 'x'.charCodeAt(0) ? -5 : -nats));
    },
  };
}

const chat = (user: string, assistant?: string) =>
  JSON.stringify({
    messages: [{ role: 'user', content: user }, ...(assistant ? [{ role: 'assistant', content: assistant }] : [])],
  });

function listOf(lines: string[], a: RowModel, b?: RowModel, isBusy = () => false, name = 'rows.jsonl') {
  const folder = temporaryFolder();
  const path = join(folder, name);
  writeFileSync(path, lines.join('\n'));
  const whenFree = async (signal: AbortSignal) => {
    while (isBusy()) await setTimeout(1, undefined, { signal });
  };
  const make = () =>
    new DatasetList({
      path,
      folder: join(folder, 'results'),
      reader: new BackgroundReader({ isBusy, whenFree }),
      models: async () => ({ a, b }),
      changed: () => {},
      text: (sentence) => render(sentence),
      errorText,
    });
  return { path, make, list: make() };
}

async function scored(list: DatasetList): Promise<void> {
  await list.open();
  list.setScoring(true);
  await expect.poll(() => list.state.scoring.kind).toBe('done');
}

const values = async (list: DatasetList) =>
  (await list.rows(0, 20)).map(({ values }) =>
    Object.fromEntries(list.state.columns.map(({ name }, i) => [name, values[i]])),
  );

it('has losses, differences and margins of what the assistant says, and says why a row has none', async () => {
  const pair = JSON.stringify({ prompt: 'Say', chosen: 'ab', rejected: 'xyz' });
  const lines = [chat('Hello', 'abcd'), pair, chat('Hello'), chat('Hi', 'refused'), '{', chat('Long', 'a'.repeat(70))];
  const { list } = listOf(lines, model('A', Math.LN2), model('B', 2 * Math.LN2));
  await scored(list);
  const rows = await values(list);
  expect(rows[0]).toMatchObject({ tokens: 10, loss: 1, lossB: 2, difference: 1 });
  // Chosen: 2 tokens, each ln 2 less probable under B; rejected: one of three is as probable, two are less.
  expect(rows[1]?.margin).toBeCloseTo(-2 * Math.LN2 + 2 * Math.LN2);
  expect((await list.rows(0, 6)).map(({ note }) => note)).toEqual([
    undefined,
    undefined,
    'Nothing in this conversation is said by the assistant.',
    'No.',
    expect.stringContaining('JSON'),
    'This conversation has 75 tokens, and A reads at most 60.',
  ]);
  await list.dispose();
});

it('lists documents of a table: their texts, the losses of all tokens that something stands before, and rows as they are', async () => {
  const lines = ['id,text', '1,abc', '2,"a ""b"" x"', '3', `4,${'a'.repeat(61)}`, '5,b'];
  const { path, list } = listOf(lines, model('A', Math.LN2), undefined, undefined, 'rows.csv');
  await scored(list);
  await expect.poll(() => list.state).toMatchObject({ holds: 'texts', rows: 5, problems: 1 });
  const rows = await list.rows(0, 5);
  expect(rows.map(({ answer }) => answer.map(({ text }) => text))).toEqual([
    ['abc'],
    ['a "b" x'],
    [],
    ['a'.repeat(61)],
    ['b'],
  ]);
  expect((await values(list))[0]).toMatchObject({ tokens: 3, loss: 1 });
  expect(rows.map(({ note }) => note)).toEqual([
    undefined,
    undefined,
    expect.stringContaining('no column'),
    'This document has 61 tokens, and A reads at most 60.',
    'This document has no token that a model could predict.',
  ]);
  await list.filter({ text: '"B"', ranges: [], problemsOnly: false });
  await list.save(`${path}.jsonl`, 'jsonl');
  expect(readFileSync(`${path}.jsonl`, 'utf8')).toBe('{"id":"2","text":"a \\"b\\" x"}\n');
  await list.dispose();
});

it('says what the listed rows come to: a long answer counts as long as it is, and B is for the chosen answer or not', async () => {
  const pairs = [
    { prompt: 'Say', chosen: 'ab', rejected: 'abc' },
    { prompt: 'Say', chosen: 'abc', rejected: 'ab' },
    { prompt: 'Say', chosen: 'x', rejected: 'a' },
  ].map((pair) => JSON.stringify(pair));
  const lines = [chat('Hello', 'abcdefgh'), chat('Bye', 'x'), ...pairs];
  const { list } = listOf(lines, model('A', Math.LN2), model('B', 2 * Math.LN2));
  await scored(list);
  await expect.poll(() => list.state.totals?.a.tokens).toBe(15);
  const { a, b, pairs: said } = list.state.totals ?? {};
  // 13 tokens of one bit under A and of two under B, and x twice.
  expect(a?.loss).toBeCloseTo((13 + 10 / Math.LN2) / 15);
  expect(b?.loss).toBeCloseTo((26 + 10 / Math.LN2) / 15);
  // Each letter but x is ln 2 less probable under B: margins of ln 2, −ln 2 and ln 2.
  expect(said).toMatchObject({ count: 3, preferred: 2 });
  expect(said?.meanMargin).toBeCloseTo(Math.LN2 / 3);
  expect(list.state.columns.map(({ title }) => title)).toEqual(['Tokens', 'Loss A', 'Loss B', 'B − A', 'Margin']);
  await list.filter({ text: 'Bye', ranges: [], problemsOnly: false });
  await expect.poll(() => list.state.totals?.a).toEqual({ loss: 5 / Math.LN2, tokens: 1 });
  expect(list.state.totals?.pairs).toBeUndefined();
  await list.dispose();
});

it('draws how numbers are spread where there are enough that differ', async () => {
  const few = Array.from({ length: 40 }, (_, i) => chat('Hello', `${'a'.repeat(i % 19)}x`));
  const { list } = listOf(few, model('A', Math.LN2));
  await scored(list);
  await expect.poll(() => list.state.totals).toBeDefined();
  expect(list.state.summaries).toEqual([]);
  await list.dispose();
  const many = [...few, chat('Hello', `${'a'.repeat(19)}x`)];
  const { list: other } = listOf(many, model('A', Math.LN2));
  await scored(other);
  await expect.poll(() => other.state.summaries).toMatchObject([{ column: 'loss', count: 41 }]);
  await other.dispose();
});

it('reads nothing again that it has read before, also after a restart', async () => {
  const said: string[] = [];
  const lines = [chat('Hello', 'abcd'), chat('Hello', 'abcd'), chat('Bye', 'x')];
  const { list, make } = listOf(lines, model('A', 1, said));
  await scored(list);
  await list.dispose();
  const again = make();
  await scored(again);
  expect(said).toEqual(['Hello\nabcd', 'Bye\nx']);
  expect((await values(again)).map(({ loss }) => loss)).toEqual([1 / Math.LN2, 1 / Math.LN2, 5 / Math.LN2]);
  await again.dispose();
});

it('waits while somebody uses the engine, rests when it is told to, and says what has failed', async () => {
  let isBusy = true;
  const broken = model('A', 1);
  const { list } = listOf([chat('Hello', 'abcd')], broken, undefined, () => isBusy);
  await list.open();
  list.setScoring(true);
  await expect.poll(() => list.state.scoring.kind).toBe('waiting');
  list.setScoring(false);
  expect(list.state.scoring.kind).toBe('paused');
  isBusy = false;
  broken.score = async () => {
    throw new VitrineError('engine.died', { template: 'The engine stopped.', values: [] });
  };
  list.setScoring(true);
  await expect.poll(() => list.state.scoring).toEqual({ kind: 'failed', message: 'The engine stopped.' });
  await list.dispose();
});

it('is listed anew where the file has changed, and saves what is listed as it is', async () => {
  const lines = [chat('one', 'a'), chat('two café', 'b'), '{broken', chat('three CAFÉ', 'c')];
  const { list, path } = listOf(lines, model('A', 1));
  await list.open();
  await expect.poll(() => list.state.examined).toBe(4);
  await list.filter({ text: 'café', ranges: [], problemsOnly: false });
  const saved = `${path}.saved`;
  await list.save(saved, 'jsonl');
  expect(readFileSync(saved, 'utf8')).toBe(`${lines[1]}\n${lines[3]}\n`);
  await expect(list.save(path, 'jsonl')).rejects.toThrow('is the file that is listed');
  writeFileSync(path, lines.slice(0, 2).join('\n'));
  await list.renewIfChanged();
  await expect.poll(() => [list.state.rows, list.state.listed]).toEqual([2, 1]);
  await list.dispose();
});

it('sorts many rows as the language does, those without a number at the end', async () => {
  const numbers = Array.from({ length: 20_000 }, (_, i) => (i % 5 === 0 ? Number.NaN : (i * 7919) % 1013));
  const lines = Uint32Array.from(numbers.keys());
  const { order, withValue } = await sortedLines(
    lines,
    (line) => numbers[line] as number,
    true,
    new AbortController().signal,
  );
  const key = (line: number) => (Number.isNaN(numbers[line]) ? Number.NEGATIVE_INFINITY : (numbers[line] as number));
  expect([...order]).toEqual([...lines].sort((a, b) => key(b) - key(a) || a - b));
  expect(withValue).toBe(16_000);
});
