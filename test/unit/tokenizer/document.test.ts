import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Span } from '../../../src/shared/tokens';
import {
  atOnce,
  createTokenizer,
  inSlices,
  loadTiktoken,
  TIKTOKEN_NAMES,
  TokenizedDocument,
  type Tokenizer,
} from '../../../src/tokenizer';
import { JSON_RULES } from '../../support/json-rules';
import { nastyText, seededRandom } from '../../support/nasty-text';
import { PRE_TOKENIZERS } from '../../support/native-tokenizer';
import { characterModel, specification, type TokenizerJson } from '../../support/tokenizer-json';
import { defaultVocabulary, smallSentencePiece } from '../../support/vocabularies';

const RUNS = ['a', 'A', '漢', 'ａ', '𐐀', '1', ' ', '\n', '^', '\u0301', '३२७1'];
const TYPED = ['\n', ' ', 'a', '1', "'", '|>', 'end', '<|im_'];

function pick<T>(list: readonly T[], random: () => number): T | undefined {
  return list[Math.floor(random() * list.length)];
}

/** A text of some thousand units, long runs included. */
function longText(random: () => number): string {
  const length = random() * 9000;
  let text = '';
  while (text.length < length) {
    text += random() < 0.03 ? (pick(RUNS, random) ?? '').repeat(random() * 4000) : nastyText(random);
  }
  return text;
}

/** Every UTF-16 unit in some ranges. */
function unitsIn(spans: readonly Span[]): number[] {
  return spans.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, i) => start + i));
}

/** Edits a document at random, sometimes before it is settled, and holds it to the whole text encoded at once. */
function editAtRandom(tokenizer: Tokenizer, seed: number): void {
  const random = seededRandom(seed);
  const special = random() < 0.5;
  let text = longText(random);
  const document = new TokenizedDocument(tokenizer, text, { special });
  for (let edit = 0; edit < 25; edit++) {
    const start = Math.floor(random() * (text.length + 1));
    const removed = random() < 0.5 ? 0 : Math.floor(random() * (random() < 0.1 ? 3000 : 8));
    const end = Math.min(text.length, start + removed);
    const inserted = random() < 0.3 ? '' : random() < 0.5 ? nastyText(random) : (pick(TYPED, random) ?? '');
    text = text.slice(0, start) + inserted + text.slice(end);
    document.edit(start, end, inserted);
    const steps = document.settle();
    if (random() < 0.2) steps.next();
    else atOnce(steps);
  }
  atOnce(document.settle());
  const whole = tokenizer.encode(text, { special });
  const { dropped, ...tokens } = document.tokensBetween(0, text.length + 1);
  expect(document.count).toBe(whole.ids.length);
  expect(tokens).toEqual({ ids: [...whole.ids], starts: [...whole.starts], ends: [...whole.ends], first: 0 });
  expect(unitsIn(dropped)).toEqual(unitsIn(whole.dropped));
  const part = document.upTo(Math.floor(random() * (text.length + 1)));
  atOnce(part.settle());
  expect(part.tokensBetween(0, part.length).ids).toEqual([
    ...tokenizer.encode(text.slice(0, part.length), { special }).ids,
  ]);
  expect(document.count).toBe(whole.ids.length);
}

describe('an edited document has the tokens of the whole text', () => {
  const vocabulary = defaultVocabulary();
  const property = (tokenizer: Tokenizer, numRuns = 12) =>
    fc.assert(
      fc.property(fc.integer(), (seed) => editAtRandom(tokenizer, seed)),
      { numRuns, endOnFailure: true },
    );

  it.each(TIKTOKEN_NAMES)('%s', async (name) => property(await loadTiktoken(name)));
  it.each(Object.keys(PRE_TOKENIZERS))('split as %s', (pre) => property(createTokenizer({ ...vocabulary, pre })));
  it('SentencePiece', async () => property(createTokenizer(await smallSentencePiece())));
  it.each<[string, Partial<TokenizerJson>]>(JSON_RULES)('tokenizer.json with %s', async (_, parts) => {
    const small = await smallSentencePiece();
    const model = parts.model ?? characterModel(small, true);
    property(createTokenizer(specification({ ...parts, model })), 4);
  });
});

describe('a document', () => {
  const tokenizer = createTokenizer(defaultVocabulary());

  it('gives the tokens of a range, and how many stand before', () => {
    const document = new TokenizedDocument(tokenizer, 'The mouse ate the cheese. '.repeat(1000));
    atOnce(document.settle());
    const { first, ids, starts, ends } = document.tokensBetween(26 * 500 + 4, 26 * 500 + 13);
    expect(ids.map((id) => tokenizer.tokenText(id))).toEqual([' mouse', ' ate']);
    expect([starts[0], ends[1]]).toEqual([26 * 500 + 3, 26 * 500 + 13]);
    expect(first).toBe(tokenizer.encode('The mouse ate the cheese. '.repeat(500)).ids.length);
  });

  it('lets others work while it is read for the first time', async () => {
    const document = new TokenizedDocument(tokenizer, 'The mouse ate the cheese. '.repeat(100_000));
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await inSlices(document.settle());
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
  });

  it('goes on from a piece of the split, not from a part of one', async () => {
    const o200k = await loadTiktoken('o200k_base');
    // Digits go three by three from their first, and no token joins two of these.
    const text = `${'३'.repeat(2100)}1234567 `;
    const document = new TokenizedDocument(o200k, text);
    atOnce(document.settle());
    document.edit(text.length, text.length, 'x');
    atOnce(document.settle());
    expect(document.tokensBetween(0, text.length + 1).ids).toEqual([...o200k.encode(`${text}x`).ids]);
  });

  it('refuses a range that it does not have', () => {
    expect(() => new TokenizedDocument(tokenizer, 'abc').edit(2, 4, '')).toThrow(RangeError);
  });
});
