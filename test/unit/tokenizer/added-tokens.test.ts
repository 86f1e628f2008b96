import fc from 'fast-check';
import { Tokenizer } from 'tokenizers';
import { expect, it } from 'vitest';
import type { GgufVocabulary } from '../../../src/shared/tokens';
import { atOnce, createTokenizer, TokenizedDocument } from '../../../src/tokenizer';

const CONTROL = 3;
const USER_DEFINED = 4;
const LETTERS = ['a', 'b', 'c'];

interface Added {
  content: string;
  type: number;
}

/** The three letters, and the tokens that are added to them. */
function vocabularyOf(added: readonly Added[]): GgufVocabulary {
  return {
    format: 'gguf',
    model: 'gpt2',
    pre: 'gpt-2',
    tokens: [...LETTERS, ...added.map(({ content }) => content)],
    tokenTypes: Int32Array.from([...LETTERS.map(() => 1), ...added.map(({ type }) => type)]),
    merges: [],
    scores: undefined,
    addSpacePrefix: undefined,
    addBos: undefined,
    bosId: undefined,
  };
}

/** Hugging Face's own tokenizer of it. */
function nativeOf(added: readonly Added[], special: boolean): Tokenizer {
  const recognised = added.filter(({ type }) => special || type === USER_DEFINED);
  return Tokenizer.fromString(
    JSON.stringify({
      version: '1.0',
      added_tokens: recognised.map(({ content }) => ({
        id: LETTERS.length + added.findIndex((token) => token.content === content),
        content,
        single_word: false,
        lstrip: false,
        rstrip: false,
        normalized: false,
        special: false,
      })),
      pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
      model: {
        type: 'BPE',
        vocab: Object.fromEntries([...LETTERS, ...added.map(({ content }) => content)].map((text, id) => [text, id])),
        merges: [],
      },
    }),
  );
}

const text = fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 40 });
const added = fc.uniqueArray(
  fc.record({
    content: fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 2, maxLength: 12 }),
    type: fc.constantFrom(CONTROL, USER_DEFINED),
  }),
  { minLength: 1, maxLength: 40, selector: ({ content }) => content },
);

it('finds the added tokens that native tokenizers find: the leftmost, and of several at one place the longest', async () => {
  await fc.assert(
    fc.asyncProperty(added, text, fc.boolean(), async (tokens, written, special) => {
      const native = await nativeOf(tokens, special).encode(written, null, { addSpecialTokens: false });
      const ids = createTokenizer(vocabularyOf(tokens)).encode(written, { special }).ids;
      expect([...ids]).toEqual(native.getIds());
    }),
    { numRuns: 500 },
  );
});

it('finds them across the blocks in which a text is looked through, and in a document that is edited', () => {
  const long = 'ab'.repeat(6000);
  const tokenizer = createTokenizer(
    vocabularyOf([
      { content: `${long}c`, type: USER_DEFINED },
      { content: 'ab', type: USER_DEFINED },
    ]),
  );
  const [longest, short] = [3, 4];
  expect([...tokenizer.encode(`c${long}cab`).ids]).toEqual([2, longest, short]);
  expect([...tokenizer.encode(`${long}`).ids]).toEqual(Array(6000).fill(short));

  const document = new TokenizedDocument(tokenizer, `${long}bab`);
  atOnce(document.settle());
  document.edit(long.length, long.length + 1, 'c');
  atOnce(document.settle());
  expect(document.tokensBetween(0, document.length).ids).toEqual([longest, short]);
});

it('of added tokens with the same text takes the first', () => {
  const same = [
    { content: 'ab', type: CONTROL },
    { content: 'ab', type: USER_DEFINED },
    { content: 'ab', type: USER_DEFINED },
  ];
  const tokenizer = createTokenizer(vocabularyOf(same));
  expect([...tokenizer.encode('ab', { special: true }).ids]).toEqual([3]);
  expect([...tokenizer.encode('ab').ids]).toEqual([4]);
});
