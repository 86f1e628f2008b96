import { describe, expect, it } from 'vitest';
import type { GgufVocabulary } from '../../../src/shared/tokens';
import { createTokenizer, TIKTOKEN_NAMES } from '../../../src/tokenizer';
import { tiktokenVocabulary } from '../../../src/tokenizer/vocabularies/tiktoken';

const small: GgufVocabulary = {
  format: 'gguf',
  model: 'gpt2',
  pre: 'gpt-2',
  tokens: ['a', 'b', 'c', 'ab', 'abc'],
  tokenTypes: undefined,
  merges: ['a b', 'ab c'],
  scores: undefined,
  addSpacePrefix: undefined,
  addBos: undefined,
  bosId: undefined,
};

describe('a vocabulary that cannot be used is refused with a sentence', () => {
  it.each<[string, Partial<GgufVocabulary>, string]>([
    ['an unknown kind', { model: 'bert' }, 'tokenizer.model'],
    ['an unknown split', { pre: 'tekken' }, 'tokenizer.pre'],
    ['a split that is an object property', { pre: 'constructor' }, 'tokenizer.pre'],
    ['no split', { pre: undefined }, 'tokenizer.pre'],
    ['no tokens', { tokens: [] }, 'tokenizer.size'],
    ['ten million tokens', { tokens: Array.from({ length: 1e7 }, () => 'a') }, 'tokenizer.size'],
    ['no merges', { merges: undefined }, 'tokenizer.merges-missing'],
    ['a merge of an unknown token', { merges: ['a b', 'ab d'] }, 'tokenizer.merge'],
    ['a merge into an unknown token', { merges: ['b c'] }, 'tokenizer.merge'],
    ['a merge that comes twice', { merges: ['a b', 'a b'] }, 'tokenizer.merge'],
    ['a merge of one token', { merges: ['ab'] }, 'tokenizer.merge'],
    ['a merge with nothing', { tokens: ['', 'a'], merges: ['a '] }, 'tokenizer.merge'],
    ['a token type that there is not', { tokenTypes: Int32Array.of(1, 1, 1, 7, 1) }, 'tokenizer.damaged'],
    ['too few token types', { tokenTypes: Int32Array.of(1) }, 'tokenizer.damaged'],
    ['a score of NaN', { model: 'llama', scores: Float32Array.of(0, 0, Number.NaN, 0, 0) }, 'tokenizer.damaged'],
    ['an infinite score', { model: 'llama', scores: Float32Array.of(0, 0, 0, 0, -Infinity) }, 'tokenizer.damaged'],
    ['too few scores', { model: 'llama', scores: Float32Array.of(0) }, 'tokenizer.damaged'],
    ['SentencePiece without scores', { model: 'llama' }, 'tokenizer.scores-missing'],
    [
      'a byte token that names no byte',
      { model: 'llama', tokens: ['<0xZZ>'], tokenTypes: Int32Array.of(6), scores: Float32Array.of(0) },
      'tokenizer.byte',
    ],
  ])('%s', (_, change, code) => {
    expect(() => createTokenizer({ ...small, ...change })).toThrow(expect.objectContaining({ code }));
  });

  it('an unknown regex of tiktoken', () => {
    const encoding = { pat_str: '\\w+', special_tokens: {}, bpe_ranks: '! 0 YQ==' };
    expect(() => tiktokenVocabulary('mine', encoding).next()).toThrow(
      expect.objectContaining({ code: 'tokenizer.pre', message: expect.stringContaining('\\w+') }),
    );
    expect(TIKTOKEN_NAMES).not.toContain('mine');
  });
});

describe('a vocabulary that lacks bytes', () => {
  it('drops what it cannot hold and says so', () => {
    const tokens = createTokenizer(small).encode('abc xbc');
    expect([...tokens.ids]).toEqual([4, 1, 2]);
    expect(tokens.dropped).toEqual([{ start: 3, end: 5 }]);
  });

  it.each([-1, 5, 1.5, Number.NaN])('refuses to decode %s', (id) => {
    const tokenizer = createTokenizer(small);
    expect(() => tokenizer.decode([0, id])).toThrow(expect.objectContaining({ code: 'tokenizer.id' }));
  });
});
