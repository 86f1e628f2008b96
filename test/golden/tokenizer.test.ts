import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { closeGguf, openGguf } from '../../src/model/gguf/reader';
import { readVocabulary } from '../../src/model/gguf/vocabulary';
import { createTokenizer, type Tokenizer } from '../../src/tokenizer';

const GOLDEN = '../shared/golden';
const MODEL = 'models/SmolLM2-135M-Instruct.Q4_1.gguf';

interface Expected {
  name: string;
  ids: number[];
}

function readLines<T>(name: string): T[] {
  const lines = readFileSync(`${GOLDEN}/tokenizer/${name}.jsonl`, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

describe.runIf(existsSync(GOLDEN))('tokens of the default model equal the reference', () => {
  let tokenizer: Tokenizer;
  beforeAll(() => {
    const file = openGguf(MODEL);
    tokenizer = createTokenizer(readVocabulary(file));
    closeGguf(file);
  });

  it.each([
    ['expected-smollm2', false],
    ['expected-smollm2-special', true],
  ])('%s', (name, special) => {
    const texts = new Map(readLines<{ name: string; text: string }>('cases').map((entry) => [entry.name, entry.text]));
    const expected = readLines<Expected>(name);
    const got = expected.map((entry) => ({
      name: entry.name,
      ids: [...tokenizer.encode(texts.get(entry.name) ?? '', { special }).ids],
    }));
    expect(got).toEqual(expected.map(({ name, ids }) => ({ name, ids })));
  });

  it('ids and spans of the reference texts', () => {
    const traces = readdirSync(GOLDEN)
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(readFileSync(`${GOLDEN}/${name}`, 'utf8')))
      .filter((trace) => trace.spans !== undefined);
    expect(traces.length).toBeGreaterThan(10);
    for (const { text, ids, spans } of traces) {
      const tokens = tokenizer.encode(text, { special: true });
      expect([...tokens.ids]).toEqual(ids);
      expect(Array.from(tokens.starts, (start, i) => [start, tokens.ends[i]])).toEqual(spans);
    }
  });
});
