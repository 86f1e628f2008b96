import { byteLevelModel, type TokenizerJson, unigramModel } from './tokenizer-json';
import { defaultVocabulary, smallSentencePiece } from './vocabularies';

const BYTES = { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false };
const METASPACE = { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: true };
const flags = { single_word: false, lstrip: false, rstrip: false, normalized: false, special: false };
const byteLevel = byteLevelModel(defaultVocabulary());
const small = await smallSentencePiece();

/** Rules of a tokenizer.json that touch more than one place of a text; those without a model are for SentencePiece's. */
export const JSON_RULES: [string, Partial<TokenizerJson>][] = [
  ['Metaspace', { pre_tokenizer: METASPACE }],
  ['Unigram', { pre_tokenizer: METASPACE, model: unigramModel(small, false) }],
  [
    'normalisers that change the length of a text',
    {
      normalizer: {
        type: 'Sequence',
        normalizers: [
          { type: 'Nmt' },
          { type: 'NFKD' },
          { type: 'StripAccents' },
          { type: 'Replace', pattern: { Regex: ' {2,}' }, content: ' ' },
          { type: 'Strip', strip_left: true, strip_right: true },
          { type: 'Prepend', prepend: '▁' },
          { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
        ],
      },
      decoder: { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
    },
  ],
  [
    'a regex that looks back, and pieces left out',
    {
      pre_tokenizer: {
        type: 'Sequence',
        pretokenizers: [
          { type: 'Split', pattern: { Regex: '(?<=[a-z])(?=[A-Z])|\\s+$' }, behavior: 'Isolated', invert: false },
          { type: 'Split', pattern: { String: '.' }, behavior: 'Removed', invert: false },
          BYTES,
        ],
      },
      model: byteLevel,
    },
  ],
  [
    'added tokens that take in white space, and words',
    {
      added_tokens: [
        { ...flags, id: 49152, content: '<s>', rstrip: true },
        { ...flags, id: 49153, content: '<|im_start|>zz', lstrip: true },
        { ...flags, id: 49154, content: 'K', single_word: true },
      ],
      pre_tokenizer: { ...BYTES, use_regex: true },
      model: byteLevel,
    },
  ],
];
