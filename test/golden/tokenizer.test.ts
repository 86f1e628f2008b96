import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createTokenizer, loadTiktoken, TIKTOKEN_NAMES, type Tokenizer } from '../../src/tokenizer';
import { defaultVocabulary } from '../support/vocabularies';

const GOLDEN = '../shared/golden';

function readLines<T>(name: string): T[] {
  const lines = readFileSync(`${GOLDEN}/tokenizer/${name}.jsonl`, 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line));
}

/** Holds a tokenizer to the ids that a file of the reference gives for its texts. */
function expectIds(tokenizer: Tokenizer, expectedName: string, special: boolean): void {
  const texts = new Map(readLines<{ name: string; text: string }>('cases').map((entry) => [entry.name, entry.text]));
  const expected = readLines<{ name: string; ids: number[] }>(expectedName).map(({ name, ids }) => ({ name, ids }));
  const got = expected.map(({ name }) => ({
    name,
    ids: [...tokenizer.encode(texts.get(name) ?? '', { special }).ids],
  }));
  expect(got).toEqual(expected);
}

describe.runIf(existsSync(GOLDEN))('ids equal those of the reference', () => {
  const model = createTokenizer(defaultVocabulary());

  it('default model', () => expectIds(model, 'expected-smollm2', false));
  it('default model, control tokens recognised', () => expectIds(model, 'expected-smollm2-special', true));
  it.each(TIKTOKEN_NAMES)('%s', async (name) => expectIds(await loadTiktoken(name), `expected-${name}`, false));

  it('default model, with the spans of the reference texts', () => {
    const traces = readdirSync(GOLDEN)
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(readFileSync(`${GOLDEN}/${name}`, 'utf8')))
      .filter((trace) => trace.spans !== undefined);
    expect(traces.length).toBeGreaterThan(10);
    for (const { text, ids, spans } of traces) {
      const tokens = model.encode(text, { special: true });
      expect([...tokens.ids]).toEqual(ids);
      expect(Array.from(tokens.starts, (start, i) => [start, tokens.ends[i]])).toEqual(spans);
    }
  });
});
