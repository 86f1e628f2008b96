import { get_encoding } from 'tiktoken';
import { describe, expect, it } from 'vitest';
import { createTokenizer, loadTiktoken, TIKTOKEN_NAMES } from '../../../src/tokenizer';
import { nastyTexts } from '../../support/nasty-text';
import { nativeByteLevel, nativeIds, nativeSentencePiece, PRE_TOKENIZERS } from '../../support/native-tokenizer';
import { defaultVocabulary, smallSentencePiece } from '../../support/vocabularies';

/** A sample of the nasty texts; `npm run test:tokens` compares 20,000 a vocabulary. */
const COUNT = Number(process.env.NASTY_TEXTS ?? 500);
const texts = nastyTexts(COUNT, 20240906);

/** The texts whose ids differ, which is what one wants to see of a failure. */
function differences(expected: ArrayLike<number>[], got: ArrayLike<number>[]): object[] {
  return texts.flatMap((text, i) => {
    const pair = { text, expected: Array.from(expected[i] ?? []), got: Array.from(got[i] ?? []) };
    return pair.expected.join() === pair.got.join() ? [] : [pair];
  });
}

describe('ids equal those of tiktoken', () => {
  it.each(TIKTOKEN_NAMES)('%s', async (name) => {
    const tokenizer = await loadTiktoken(name);
    const reference = get_encoding(name);
    const expected = texts.map((text) => reference.encode_ordinary(text));
    reference.free();
    expect(
      differences(
        expected,
        texts.map((text) => tokenizer.encode(text).ids),
      ),
    ).toEqual([]);
  });
});

describe('ids equal those of native tokenizers', () => {
  const vocabulary = defaultVocabulary();

  it.each(Object.keys(PRE_TOKENIZERS))('byte-level BPE split as %s', async (pre) => {
    const tokenizer = createTokenizer({ ...vocabulary, pre });
    const expected = await nativeIds(nativeByteLevel(vocabulary, pre, false), texts);
    expect(
      differences(
        expected,
        texts.map((text) => tokenizer.encode(text).ids),
      ),
    ).toEqual([]);
  });

  it('control tokens recognised', async () => {
    const tokenizer = createTokenizer(vocabulary);
    const expected = await nativeIds(nativeByteLevel(vocabulary, 'smollm', true), texts);
    expect(
      differences(
        expected,
        texts.map((text) => tokenizer.encode(text, { special: true }).ids),
      ),
    ).toEqual([]);
  });

  it('SentencePiece', async () => {
    const small = await smallSentencePiece();
    const tokenizer = createTokenizer(small);
    const expected = await nativeIds(nativeSentencePiece(small), texts);
    expect(
      differences(
        expected,
        texts.map((text) => tokenizer.encode(text).ids),
      ),
    ).toEqual([]);
  });
});
