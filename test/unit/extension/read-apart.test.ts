import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TextApart } from '../../../src/extension/readings/apart';
import { readApart } from '../../../src/extension/readings/read-apart';
import type { Reading } from '../../../src/extension/readings/reading';
import type { ModelInfo } from '../../../src/shared/engine-api';
import { loadRequest, nextTask, readAll, startTestEngine } from '../../support/engine';

const LINES = ['the mouse ate', 'the cheese', 'the mouse ate'];
const TEXT = LINES.join('\n');
const document = { uri: { toString: () => 'file:///chats.jsonl' }, version: 1 };

/** A line of the document, as a text of its own. */
function lineOf(number: number): TextApart {
  const text = LINES[number] as string;
  const start = LINES.slice(0, number).join('\n').length + Math.min(number, 1);
  const moved = (offsets: Uint32Array) => offsets.map((offset) => start + offset);
  return {
    text,
    span: { start, end: start + text.length },
    placesOf: ({ starts, ends }) => [{ starts: moved(starts), ends: moved(ends) }],
  };
}

const engine = startTestEngine();
let model: ModelInfo;
let asked: string[] = [];
beforeAll(async () => {
  model = await engine.load(loadRequest({ path: 'test/fixtures/architectures/llama-biases/hf' }));
});
afterAll(() => engine.stop());

async function read(numbers: number[], known?: Reading): Promise<Reading[]> {
  asked = [];
  const reader = {
    engine,
    model,
    forward: async (text: string) => {
      asked.push(text);
      return { ...(await engine.forward({ task: nextTask(), text })), model };
    },
  };
  const request = { document, shown: [{ start: 0, end: 1 }], texts: numbers.map(lineOf), known };
  const readings: Reading[] = [];
  for await (const reading of readApart(reader as never, request as never)) readings.push(reading);
  return readings;
}

test('each text of a document is read as if it stood alone, and told of one after another', async () => {
  const readings = await read([2, 1, 0]);
  expect(readings.map(({ parts, complete }) => [parts.length, complete])).toEqual([
    [1, false],
    [2, false],
    [3, true],
  ]);
  const { parts = [], shown } = readings.at(-1) ?? {};
  expect(shown).toEqual([{ start: 0, end: TEXT.length }]);
  for (const [i, { starts, ends, predictions }] of parts.entries()) {
    const alone = await readAll(engine, LINES[i] as string);
    expect(predictions.logprob).toEqual(alone.logprob);
    expect(TEXT.slice(starts[0], ends.at(-1))).toBe(LINES[i]);
  }
});

test('what was read is not read again, wherever it stands now', async () => {
  const [first] = await read([0]);
  const [again] = await read([1, 2], first);
  expect(asked).toEqual([LINES[1]]);
  expect(again?.parts.map(({ starts }) => starts[0])).toEqual([lineOf(1).span.start, lineOf(2).span.start]);
});
