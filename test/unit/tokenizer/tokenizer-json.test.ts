import { describe, expect, it } from 'vitest';
import { createTokenizer } from '../../../src/tokenizer';
import { nastyTexts } from '../../support/nasty-text';
import { nativeIds } from '../../support/native-tokenizer';
import {
  byteLevelModel,
  characterModel,
  nativeOf,
  specification,
  type TokenizerJson,
  unigramModel,
} from '../../support/tokenizer-json';
import { defaultVocabulary, smallSentencePiece } from '../../support/vocabularies';

const texts = nastyTexts(Number(process.env.NASTY_TEXTS ?? 300), 11);

/** SentencePiece's, made with sentencepiece 0.2 of fifteen rules, among them one for a grapheme of two characters. */
const CHARSMAP =
  'AAQAAAAwAAANPAMAzAACAIEdAAANAACAAAAAgA8AAIDMOAIAgQUAABQAAICgBQAAAQAAgKRcAgAXAACAlYQDAODsAgCk+AIAvw0AAAgAAIAfWQAAhAQCAICIAwDhEAIAhbgCAKEFAAAaAACAi0UAAAoAAICiHQAAoA0AAAMAAIC1SQAAgMQCAIAMAgCApQAArBwCAIRoAgCBDQAAEQAAgKGFAACfQAIAkTgCAI0FAAAFAACALQAAACwAAAAvAAAALgAAADEAAACRMAIAMwAAALzUAgA1AAAANAAAADcAAAA2AAAAOQAAADgAAAA7AAAAOgAAAD0AAAA8AAAAPwAAAD4AAABBAAAAQAAAAEMAAABCAAAARQAAAEQAAABHAAAARgAAAEkAAABIAAAASwAAAEoAAABNAAAAQS0BAE8AAABOAAAAUQAAAFAAAABTAAAAUgAAAFUAAABUAAAAVwAAAFYAAABZAAAAWAAAAFsAAABaAAAAXQAAAFwAAABfAAAAXgAAAGEAAABgAAAAYwAAAGIAAABlAAAAZAAAAGcAAABmAAAAaQAAAGWIAgBrAAAAagAAAG0AAABsAAAAbwAAAG4AAABxAAAAcAAAAHMAAAByAAAAdQAAAHQAAAB3AAAAdgAAAHkAAAB4AAAAewAAAHoAAAB9AAAAfAAAAH8AAAB+AAAAgQAAAIAAAACDAAAAggAAAIUAAACEAAAAhwAAAIYAAACJAAAAiAAAAIsAAACKAAAAjQAAAIwAAACPAAAAjgAAAJEAAACQAAAAkwAAAJIAAACVAAAAlAAAAJcAAACWAAAAmQAAAJgAAACbAAAAmgAAAJ0AAACcAAAAnwAAAJ4AAAChAAAAoAAAAKMAAACiAAAApQAAAKQAAACnAAAApgAAAKkAAACoAAAAqwAAAKoAAACtAAAArAAAAK8AAACuAAAAsQAAALAAAACzAAAAsgAAALUAAAC0AAAAtwAAALYAAAC5AAAAuAAAALsAAAC6AAAAvQAAALwAAAC/AAAAvgAAAMEAAADAAAAAwwAAAMIAAADFAAAAxAAAAMcAAADGAAAAyQAAAMgAAADLAAAAygAAAM0AAADMAAAAwpABAM4AAADRAAAA0AAAANMAAADSAAAA1QAAANQAAADXAAAA1gAAANkAAADYAAAA2wAAANoAAADdAAAA3AAAAN8AAADeAAAA4QAAAOAAAADjAAAA77ABAOUAAADkAAAA5wAAAOYAAADpAAAA6AAAAOsAAADqAAAA4BABAOH0AQDiOAEA4zgBAPEAAADwAAAA8wAAAPIAAAD1AAAA9AAAAPcAAAD2AAAA+QAAAPgAAAD7AAAA+gAAAPAsAQD8AAAA/wAAAP4AAAAAIAAxAE9LAFEAVE0AWABhAGZpAMOpAM68AOqwgAA=';

/** Holds the ids of the texts to those of native tokenizers. */
async function expectNativeIds(tokenizer: TokenizerJson): Promise<void> {
  const ours = createTokenizer(specification(tokenizer));
  const expected = await nativeIds(nativeOf(tokenizer), texts);
  const different = texts.flatMap((text, i) => {
    const got = [...ours.encode(text, { special: true }).ids];
    return got.join() === expected[i]?.join() ? [] : [{ text, expected: expected[i], got }];
  });
  expect(different).toEqual([]);
}

const BYTES = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };
const split = (regex: string, behavior = 'Isolated', invert = false) => ({
  type: 'Split',
  pattern: { Regex: regex },
  behavior,
  invert,
});
const sequence = (...pretokenizers: object[]) => ({ type: 'Sequence', pretokenizers });

const TEKKEN =
  '[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+';
const CL100K_POSSESSIVE =
  "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s";
const KIMI =
  "[\\p{Han}]+|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}&&[^\\p{Han}]]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

describe('byte-level BPE, ids equal those of native tokenizers', () => {
  const model = byteLevelModel(defaultVocabulary());

  it.each<[string, object]>([
    ['the regex of Tekken', split(TEKKEN)],
    ['possessive repetitions', split(CL100K_POSSESSIVE)],
    ['sets that meet, and scripts', split(KIMI)],
    ['what is found, left out', split('\\s+', 'Removed')],
    ['what is found, with what is before', split('[aeiou ]', 'MergedWithPrevious')],
    ['what is found, with what is after', split('[aeiou ]', 'MergedWithNext')],
    ['what is found, in a row', split('[aeiou\\d]', 'Contiguous')],
    ['what is not found, left out', split('[\\w\\s]+', 'Removed', true)],
    ['what is not found, with what is before', split('\\p{L}+', 'MergedWithPrevious', true)],
    ['what is not found, with what is after', split('\\p{L}+', 'MergedWithNext', true)],
    ['looking back, and what may be empty', split("(?<=[a-z])(?=[A-Z])|(?<!\\s)'")],
    ['words and lines', split('\\b\\w|^.|.$|\\n\\Z|\\A\\s')],
    ['lazy, counted and atomic', split('(?>a|ab)c|x{2,3}?y|o{,2}u|e{2}|<.*?>|1{1,}+')],
    ['case that does not count', split('(?i)the|(?-i)HTTP|k|[^a-z]+|ſ(?#no)|ß')],
    ['escapes', split('\\x41|\\x{20ac}|\\u00e9|\\h{2}|[\\h-]|\\P{L}\\p{^Lu}')],
    ['classes of POSIX', split('[[:alpha:]]+|[[:digit:][:^ascii:]]|[[:punct:]]')],
    ['a text', { type: 'Split', pattern: { String: 'e ' }, behavior: 'Isolated', invert: false }],
    ['punctuation', { type: 'Punctuation', behavior: 'Isolated' }],
    ['punctuation in a row', { type: 'Punctuation', behavior: 'Contiguous' }],
    ['numbers', { type: 'Digits', individual_digits: false }],
    ['words', { type: 'Whitespace' }],
    ['what is between white space', { type: 'WhitespaceSplit' }],
    ['what is between a character', { type: 'CharDelimiterSplit', delimiter: 'e' }],
  ])('split by %s', async (_, pre) => expectNativeIds({ pre_tokenizer: sequence(pre, BYTES), model }));

  it.each<[string, Partial<TokenizerJson>]>([
    ['a space before the text', { pre_tokenizer: { ...BYTES, add_prefix_space: true, use_regex: true } }],
    ['NFKC', { normalizer: { type: 'NFKC' }, pre_tokenizer: { ...BYTES, use_regex: true } }],
    ['bytes made by the normaliser', { normalizer: { type: 'ByteLevel' } }],
  ])('with %s', async (_, parts) => expectNativeIds({ ...parts, model }));

  it.each<[string, object]>([
    ['single_word', { single_word: true }],
    ['lstrip', { lstrip: true }],
    ['rstrip', { rstrip: true }],
    ['lstrip and rstrip', { lstrip: true, rstrip: true }],
    ['normalized', { normalized: true }],
  ])('added tokens with the flag %s', async (_, flags) => {
    const plain = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: false };
    const contents = ['the', 'a', '<|im_start|>', '<s>', '...', 'é', 'K'];
    const added_tokens = contents.map((content, i) => ({ id: 60000 + i, content, ...plain, ...flags }));
    const vocab = { ...(model as { vocab: object }).vocab };
    const known = added_tokens.map((token) => ({
      ...token,
      id: (vocab as Record<string, number>)[token.content] ?? token.id,
    }));
    // Native tokenizers number those that the model lacks themselves.
    const first = Object.keys(vocab).length;
    let next = first;
    const numbered = known.map((token) => (token.id < first ? token : { ...token, id: next++ }));
    const pre_tokenizer = { ...BYTES, use_regex: true };
    await expectNativeIds({ added_tokens: numbered, normalizer: { type: 'NFD' }, pre_tokenizer, model });
  });
});

describe('SentencePiece, ids equal those of native tokenizers', async () => {
  const vocabulary = await smallSentencePiece();
  const replace = (pattern: object, content: string) => ({ type: 'Replace', pattern, content });
  const SPACES = replace({ String: ' ' }, '▁');
  const metaspace = (options: object) => ({ type: 'Metaspace', replacement: '▁', ...options });
  const normalizers = (...parts: object[]) => ({ type: 'Sequence', normalizers: parts });

  const cases: [string, Partial<TokenizerJson>][] = [
    ['nothing', {}],
    ['▁ for spaces', { normalizer: SPACES }],
    ['▁ for spaces, and before', { normalizer: normalizers({ type: 'Prepend', prepend: '▁' }, SPACES) }],
    [
      'pieces between spaces',
      { pre_tokenizer: { type: 'Split', pattern: { String: ' ' }, behavior: 'MergedWithPrevious', invert: false } },
    ],
    ['Metaspace', { pre_tokenizer: metaspace({ prepend_scheme: 'always', split: true }) }],
    ['Metaspace, first', { pre_tokenizer: metaspace({ prepend_scheme: 'first', split: false }) }],
    ['Metaspace, never', { pre_tokenizer: metaspace({ prepend_scheme: 'never', split: true }) }],
    ['Metaspace of old', { pre_tokenizer: metaspace({ add_prefix_space: true }) }],
    [
      'Metaspace of words',
      { pre_tokenizer: sequence({ type: 'WhitespaceSplit' }, metaspace({ add_prefix_space: true })) },
    ],
    [
      'lower case without accents',
      {
        normalizer: normalizers({ type: 'NFKD' }, { type: 'StripAccents' }, { type: 'Lowercase' }),
        pre_tokenizer: metaspace({}),
      },
    ],
    [
      'nmt, one space, none at the ends',
      {
        normalizer: normalizers({ type: 'Nmt' }, { type: 'NFKC' }, replace({ Regex: ' {2,}' }, ' '), {
          type: 'Strip',
          strip_left: true,
          strip_right: true,
        }),
        pre_tokenizer: metaspace({}),
      },
    ],
    [
      'a map of characters',
      { normalizer: { type: 'Precompiled', precompiled_charsmap: CHARSMAP }, pre_tokenizer: metaspace({}) },
    ],
  ];

  for (const byteFallback of [true, false]) {
    const name = byteFallback ? 'with bytes' : 'without bytes';
    const bpe = characterModel(vocabulary, byteFallback);
    const unigram = unigramModel(vocabulary, byteFallback);
    it.each(cases)(`BPE ${name}, %s`, async (_, parts) => expectNativeIds({ ...parts, model: bpe }));
    it.each(cases)(`Unigram ${name}, %s`, async (_, parts) => expectNativeIds({ ...parts, model: unigram }));
  }
});
