import { describe, expect, it } from 'vitest';
import { createTokenizer } from '../../../src/tokenizer';
import { specification, type TokenizerJson } from '../../support/tokenizer-json';

const model = { type: 'BPE', vocab: { a: 0, b: 1, c: 2, ab: 3, Ġ: 4 }, merges: [['a', 'b']] };
const BYTES = { type: 'ByteLevel', add_prefix_space: false, use_regex: false };
const added = {
  id: 9,
  content: '<s>',
  special: true,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
};
const split = (regex: string) => ({ type: 'Split', pattern: { Regex: regex }, behavior: 'Isolated', invert: false });
const unigram = {
  type: 'Unigram',
  unk_id: 0,
  vocab: [
    ['<unk>', 0],
    ['a', -1],
  ],
};

describe('a tokenizer.json that cannot be used is refused with a sentence that names the field', () => {
  it.each<[string, unknown, string, string]>([
    ['no object', 'text', 'tokenizer.json', 'tokenizer.json is no object'],
    ['no model', { model: null }, 'tokenizer.json', 'tokenizer.json.model is no object'],
    ['a model that is not known', { model: { ...model, type: 'WordPiece' } }, 'tokenizer.unknown', 'WordPiece'],
    ['no vocabulary', { model: { ...model, vocab: [] } }, 'tokenizer.json', 'model.vocab is no object'],
    ['an empty one', { model: { ...model, vocab: {} } }, 'tokenizer.json', 'model.vocab is empty'],
    ['a negative id', { model: { ...model, vocab: { a: -1 } } }, 'tokenizer.json', 'model.vocab.a is -1'],
    ['an id that is a fraction', { model: { ...model, vocab: { a: 0.5 } } }, 'tokenizer.json', 'model.vocab.a is 0.5'],
    ['an id far out', { model: { ...model, vocab: { a: 4e9 } } }, 'tokenizer.json', 'model.vocab.a is 4000000000'],
    ['an id twice', { model: { ...model, vocab: { a: 1, b: 1 } } }, 'tokenizer.json', 'model.vocab.b is 1'],
    ['no merges', { model: { ...model, merges: null } }, 'tokenizer.json', 'model.merges is no list'],
    ['a merge of one', { model: { ...model, merges: ['a'] } }, 'tokenizer.json', 'model.merges[0] is no pair'],
    ['a merge of no texts', { model: { ...model, merges: [[1, 2]] } }, 'tokenizer.json', 'model.merges[0] is no pair'],
    ['a merge of an unknown', { model: { ...model, merges: ['a x'] } }, 'tokenizer.json', 'model.merges[0] names "x"'],
    ['a merge into an unknown', { model: { ...model, merges: ['b c'] } }, 'tokenizer.merge', 'merge 0'],
    ['dropout', { model: { ...model, dropout: 0.1 } }, 'tokenizer.unknown', 'model.dropout is 0.1'],
    ['a suffix', { model: { ...model, end_of_word_suffix: '</w>' } }, 'tokenizer.unknown', 'model.end_of_word_suffix'],
    ['an unknown unknown', { model: { ...model, unk_token: '?' } }, 'tokenizer.json', 'model.unk_token is "?"'],
    ['no scores', { model: { ...unigram, vocab: [['a']] } }, 'tokenizer.json', 'model.vocab[0][1] is no number'],
    ['an unk_id of none', { model: { ...unigram, unk_id: 7 } }, 'tokenizer.json', 'model.unk_id is 7'],
    ['added tokens of none', { model, added_tokens: { a: 1 } }, 'tokenizer.json', 'added_tokens is no list'],
    [
      'an added id that is taken',
      { model, added_tokens: [{ ...added, id: 0 }] },
      'tokenizer.json',
      'added_tokens[0].id is 0',
    ],
    [
      'a flag that is none',
      { model, added_tokens: [{ ...added, lstrip: 1 }] },
      'tokenizer.json',
      'added_tokens[0].lstrip',
    ],
    ['a normaliser', { model, normalizer: { type: 'BertNormalizer' } }, 'tokenizer.unknown', 'BertNormalizer'],
    ['a pre-tokenizer', { model, pre_tokenizer: { type: 'UnicodeScripts' } }, 'tokenizer.unknown', 'UnicodeScripts'],
    [
      'a pre-tokenizer after the bytes',
      { model, pre_tokenizer: { type: 'Sequence', pretokenizers: [BYTES, { type: 'Digits' }] } },
      'tokenizer.unknown',
      'pretokenizers[1].type is "Digits"',
    ],
    ['a reference back', { model, pre_tokenizer: split('(a)\\1') }, 'tokenizer.regex', '\\1'],
    ['an open group', { model, pre_tokenizer: split('(a') }, 'tokenizer.regex', '(a'],
    ['an open set', { model, pre_tokenizer: split('[a') }, 'tokenizer.regex', '[a'],
    ['a property of none', { model, pre_tokenizer: split('\\p{Klingon}') }, 'tokenizer.regex', 'Klingon'],
    ['a regex of regexes', { model, pre_tokenizer: split('((a{999}){999}){999}') }, 'tokenizer.regex', 'too long'],
    ['groups in groups', { model, pre_tokenizer: split('('.repeat(99_999)) }, 'tokenizer.regex', 'too deep'],
    ['a post-processor', { model, post_processor: { type: 'Mine' } }, 'tokenizer.unknown', 'post_processor.type'],
    [
      'a map of characters that is cut off',
      { model, normalizer: { type: 'Precompiled', precompiled_charsmap: 'AAQAAAAw' } },
      'tokenizer.charsmap',
      'precompiled_charsmap',
    ],
  ])('%s', (_, tokenizer, code, message) => {
    const source = typeof tokenizer === 'object' ? specification(tokenizer as TokenizerJson) : undefined;
    expect(() => createTokenizer(source ?? { ...specification({ model }), tokenizer })).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  it('too many tokens', () => {
    const vocab = new Array(3e6).fill(['a', 0]);
    expect(() => createTokenizer(specification({ model: { ...unigram, vocab } }))).toThrow(
      expect.objectContaining({ code: 'tokenizer.size' }),
    );
  });
});

describe('a regex of a file never hangs', () => {
  const tokenizerOf = (regex: string) =>
    createTokenizer(
      specification({ model, pre_tokenizer: { type: 'Sequence', pretokenizers: [split(regex), BYTES] } }),
    );
  const longText = (length: number) => `${'a'.repeat(length)}b`;

  it.each(['(a+)+$', '(a|a)*c', '(a|aa)+$', '(?:a*)*c', '(a*a*a*)*c', '([a-z]+)+\\d', 'a*?a*?a*?c'])(
    '%s takes linear time',
    (regex) => {
      const start = performance.now();
      expect(tokenizerOf(regex).encode(longText(50_000)).ids.length).toBe(50_000);
      // Ten thousand times less than a backtracking engine would take.
      expect(performance.now() - start).toBeLessThan(5000);
    },
  );

  it.each(['(?=.*b)a', '(?>a+)+c'])('%s, which takes too long, is given up with a sentence', (regex) => {
    expect(() => tokenizerOf(regex).encode(longText(15_000))).toThrow(
      expect.objectContaining({ code: 'tokenizer.regex-steps', message: expect.stringContaining(regex) }),
    );
  });
});

it('rules that multiply a text are given up before they fill the memory', () => {
  const hundredfold = { type: 'Replace', pattern: { String: 'a' }, content: 'a'.repeat(100) };
  const normalizer = { type: 'Sequence', normalizers: Array(6).fill(hundredfold) };
  const tokenizer = createTokenizer(specification({ model, normalizer, pre_tokenizer: BYTES }));
  expect([...tokenizer.encode('b').ids]).toEqual([1]);
  expect(() => tokenizer.encode('a')).toThrow(expect.objectContaining({ code: 'tokenizer.growth' }));
});

describe('a long row of one letter takes little time', () => {
  const long = 'a'.repeat(1_000_000);
  const letters = { a: 0, aa: 1, aaa: 2, '<unk>': 3 };
  const bpe = { type: 'BPE', vocab: letters, merges: ['a a', 'aa a'] };
  const scored = Object.keys(letters).map((text) => [text, -1 / text.length]);
  const form = (type: string) => ({ type });

  it.each<[string, TokenizerJson, string, number]>([
    ['BPE of bytes', { pre_tokenizer: BYTES, model: bpe }, long, 500_000],
    ['BPE of characters', { model: bpe }, long, 500_000],
    ['Unigram', { model: { type: 'Unigram', unk_id: 3, vocab: scored } }, long, 333_334],
    ['marks that change places', { normalizer: form('NFKC'), pre_tokenizer: BYTES, model }, 'ﾞ\u0301'.repeat(5000), 0],
  ])('%s', (_, tokenizer, text, count) => {
    const start = performance.now();
    expect(createTokenizer(specification(tokenizer)).encode(text).ids.length).toBe(count);
    // A row that is merged in quadratic time takes hours.
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});

describe('which tokens come before a text', () => {
  const template = {
    type: 'TemplateProcessing',
    single: [
      { SpecialToken: { id: '<s>', type_id: 0 } },
      { Sequence: { id: 'A', type_id: 0 } },
      { SpecialToken: { id: '<s>' } },
    ],
    special_tokens: { '<s>': { id: '<s>', ids: [9], tokens: ['<s>'] } },
  };
  const bytes = { type: 'ByteLevel' };

  it.each<[string, object | null, object | undefined, number[]]>([
    ['those of the template', template, undefined, [9]],
    ['those of a template in a sequence', { type: 'Sequence', processors: [bytes, template] }, {}, [9]],
    ['those of BERT', { type: 'RobertaProcessing', sep: ['<s>', 9], cls: ['<s>', 9] }, undefined, [9]],
    ['none', bytes, { bos_token: '<s>' }, []],
    ['those of the template, whatever the older rule says', template, { add_bos_token: false, bos_token: '<s>' }, [9]],
    ['none, whatever it says', bytes, { add_bos_token: true, bos_token: '<s>' }, []],
    ['none, whatever it says, without a post-processor', null, { add_bos_token: true, bos_token: '<s>' }, []],
  ])('%s', (_, post_processor, config, begin) => {
    const tokenizer = { model, added_tokens: [added], post_processor };
    expect(createTokenizer(specification(tokenizer, config)).begin).toEqual(begin);
  });

  it('an id that is no token is refused', () => {
    const broken = { ...template, special_tokens: { '<s>': { ids: [77] } } };
    expect(() => createTokenizer(specification({ model, added_tokens: [added], post_processor: broken }))).toThrow(
      expect.objectContaining({ message: expect.stringContaining('special_tokens.<s>.ids[0] is 77') }),
    );
  });
});

it('an id that the model knows and the vocabulary does not has no text', () => {
  for (const pre_tokenizer of [BYTES, null]) {
    const tokenizer = createTokenizer({ ...specification({ pre_tokenizer, model }), vocabSize: 8 });
    expect([tokenizer.size, tokenizer.tokenText(7), tokenizer.decode([3, 7, 2])]).toEqual([8, '', 'abc']);
    expect(tokenizer.derivation(7)).toBeUndefined();
    expect(() => tokenizer.tokenBytes(8)).toThrow(expect.objectContaining({ code: 'tokenizer.id' }));
  }
});
