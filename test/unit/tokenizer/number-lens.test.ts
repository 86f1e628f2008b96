import { beforeAll, describe, expect, it } from 'vitest';
import type { GgufVocabulary } from '../../../src/shared/tokens';
import { createTokenizer, loadTiktoken, type Tokenizer } from '../../../src/tokenizer';
import { layOutSum, numberReport, sentencesOf, sumSentence } from '../../../src/tokenizer/number-lens';
import { defaultVocabulary, smallSentencePiece } from '../../support/vocabularies';

const tokenizers = new Map<string, Tokenizer>();

beforeAll(async () => {
  for (const name of ['gpt2', 'cl100k_base', 'o200k_base'] as const) tokenizers.set(name, await loadTiktoken(name));
  tokenizers.set('SmolLM2', createTokenizer(defaultVocabulary()));
  tokenizers.set('SentencePiece', createTokenizer(await smallSentencePiece()));
});

function get(name: string): Tokenizer {
  const tokenizer = tokenizers.get(name);
  if (!tokenizer) throw new Error(name);
  return tokenizer;
}

function report(name: string, number: string) {
  return numberReport(get(name), name, number, 'en');
}

/** `123·45·67` */
function shown(tokens: { text: string }[]): string {
  return tokens.map((token) => token.text).join('·');
}

describe('the number lens', () => {
  // The splits that tiktoken and native tokenizers give.
  it.each([
    ['gpt2', '327', '327'],
    ['gpt2', '1234567', '123·45·67'],
    ['cl100k_base', '1234567', '123·456·7'],
    ['o200k_base', '1234567', '123·456·7'],
    ['SmolLM2', '327', '3·2·7'],
  ])('%s cuts %s as %s', (name, number, expected) => {
    expect(shown(report(name, number).tokens)).toBe(expected);
  });

  it.each([
    ['gpt2', '2024-09-06', '20·24·-·09·-·06'],
    ['cl100k_base', '2024-09-06', '202·4·-·09·-·06'],
    ['cl100k_base', '1,327', '1·,·327'],
    ['cl100k_base', ' 327', ' ·327'],
    ['gpt2', ' 327', ' 327'],
  ])('%s cuts the notation %j as %s', (name, text, expected) => {
    const notation = report(name, '327').notations.find((candidate) => candidate.text === text);
    expect(notation && shown(notation.tokens)).toBe(expected);
  });

  it.each([
    ['gpt2', { digitsAPiece: undefined, takesSpace: true, missing: [] }, 521],
    ['cl100k_base', { digitsAPiece: 3, takesSpace: false, missing: [] }, 1000],
    ['SmolLM2', { digitsAPiece: 1, takesSpace: false, missing: [] }, 10],
    // It has the words of gpt2 up to id 3255, in which " 30" is 1542 and " 31" is 3261.
    ['SentencePiece', { digitsAPiece: undefined, takesSpace: true, missing: [] }, 31],
  ])('finds the rule of %s by trying it', (name, rule, firstSplit) => {
    const { rule: found, map } = report(name, '327');
    expect(found).toEqual(rule);
    expect(map.firstSplit).toBe(firstSplit);
    const whole = map.counts.findIndex((count) => count > 1);
    expect(whole).toBe(firstSplit);
  });

  it.each([
    ['cl100k_base', '-5', 'In cl100k_base, -5 is 2 tokens, - 5: the minus is a token by itself'],
    ['gpt2', '-3.14', 'In gpt2, -3.14 is 4 tokens, - 3 . 14: what stands before and after the "."'],
    ['SmolLM2', '-1234', 'In SmolLM2, -1234 is 5 tokens, - 1 2 3 4: the minus is a token by itself'],
  ])('reads a minus: %s of %s', (name, number, sentence) => {
    const seen = report(name, number);
    expect(sentencesOf(seen, 'en')[0]).toContain(sentence);
    expect(seen.notations.map(({ text }) => text)).toContain(number);
    expect(seen.groups.join('')).not.toContain('-');
  });

  it('does not count the space that SentencePiece puts before a text', () => {
    expect(shown(report('SentencePiece', '7').tokens)).toBe('7');
  });

  it('says what is seen, in English and Spanish', () => {
    const seen = report('cl100k_base', '327');
    expect(sentencesOf(seen, 'en')[0]).toBe(
      'In cl100k_base, 327 is token 13817: its digits are not visible to the model; where it stands between 326 and 328 had to be learnt.',
    );
    expect(sentencesOf(seen, 'es')[0]).toBe(
      'En cl100k_base, 327 es el token 13817: el modelo no ve sus cifras; que está entre 326 y 328 lo ha tenido que aprender.',
    );
    expect(sentencesOf(report('cl100k_base', '00'), 'en')[0]).toContain('that it stands before 1 had to be learnt.');
    expect(sentencesOf(report('cl100k_base', '00'), 'es')[0]).toContain(
      'que está antes del 1 lo ha tenido que aprender.',
    );
    expect(sentencesOf(report('cl100k_base', '1234567'), 'en')).toContain(
      'People read the groups 1 234 567, from the right; the model reads 123 456 7, cut from the left.',
    );
    expect(sentencesOf(report('gpt2', '1234567'), 'en')).toContain(
      'People read the groups 1 234 567, from the right; the model reads 123 45 67, as its merges go.',
    );
  });

  it.each(['', '3,27', '--327', 'abc', '1'.repeat(41)])('refuses %j as a number', (text) => {
    expect(() => report('gpt2', text)).toThrow(expect.objectContaining({ code: 'numbers.number' }));
  });
});

describe('the number lens in a language', () => {
  it.each([
    ['en', '3.14', '3·.·14', ['3.14', '3,14']],
    ['es', '3.14', '3·,·14', ['3,14', '3.14']],
    ['en', '1327', '132·7', ['1,327', '1.327']],
    ['es', '1327', '132·7', ['1.327', '1,327']],
  ] as const)(
    'in %s cuts %s as cl100k_base has it, in the notation of the language',
    (language, number, tokens, texts) => {
      const seen = numberReport(get('cl100k_base'), 'cl100k_base', number, language);
      expect(shown(seen.tokens)).toBe(tokens);
      expect(seen.notations.map(({ text }) => text)).toEqual(expect.arrayContaining([...texts]));
    },
  );

  it('says what a fraction is cut into', () => {
    const seen = numberReport(get('cl100k_base'), 'cl100k_base', '3.14', 'es');
    expect(sentencesOf(seen, 'es')[0]).toContain(
      'En cl100k_base, 3,14 son 3 tokens, 3 , 14: lo que hay antes y después',
    );
  });
});

describe('a vocabulary that lacks digits', () => {
  const letters: GgufVocabulary = {
    format: 'gguf',
    model: 'gpt2',
    pre: 'gpt-2',
    tokens: ['a', 'b', 'ab'],
    tokenTypes: undefined,
    merges: ['a b'],
    scores: undefined,
    addSpacePrefix: undefined,
    addBos: undefined,
    bosId: undefined,
  };

  it('is not told to have all integers as one token', () => {
    const seen = numberReport(createTokenizer(letters), 'letters', '327', 'en');
    expect(seen.rule.missing).toHaveLength(10);
    expect([seen.map.firstSplit, ...seen.map.shares]).toEqual([0, 0, 0, 0, 0]);
    expect(sentencesOf(seen, 'en')).toEqual([
      'letters has no token for any digit: the model sees nothing of 327, nor of another number.',
    ]);
    expect(sumSentence('letters', layOutSum(createTokenizer(letters), '1 + 1', 'en'), 'en')).toContain(
      'has no tokens for',
    );
  });

  it('where its unknown token stands for them', () => {
    const unknown = {
      ...letters,
      model: 'llama',
      tokens: ['<unk>', 'a'],
      tokenTypes: Int32Array.of(2, 1),
      scores: new Float32Array(2),
    };
    expect(numberReport(createTokenizer(unknown), 'unknown', '327', 'en').map.shares).toEqual([0, 0, 0, 0]);
  });

  it('says which it lacks where it has others', () => {
    const some = { ...letters, tokens: [...'a012', 'ab', 'b'] };
    const seen = numberReport(createTokenizer(some), 'some', '327', 'en');
    expect(sentencesOf(seen, 'en')[0]).toBe(
      'some has no tokens for the digits 3 and 7 of 327: the model does not see them.',
    );
    expect([seen.map.counts[2], seen.map.counts[3], seen.map.counts[12], seen.map.firstSplit]).toEqual([1, 0, 2, 3]);
  });
});

describe('a sum', () => {
  it.each([
    ['cl100k_base', '999 + 1', '100·0', [0, 1, 2], [0]],
    ['gpt2', '999 + 1', '1000', [0, 1, 2], []],
    ['SmolLM2', '999+1', '1·0·0·0', [0, 1, 2], [0, 1, 2]],
    ['cl100k_base', '1000 - 1', '999', [0, 1, 2], [0]],
    ['cl100k_base', '12 + 34', '46', [], []],
    ['cl100k_base', '455 + 45', '500', [0, 1], []],
  ])('%s: %s', (name, text, result, carries, crossings) => {
    const sum = layOutSum(get(name), text, 'en');
    expect(shown(sum.c.tokens)).toBe(result);
    expect(sum.carries).toEqual(carries);
    expect(sum.crossings).toEqual(crossings);
  });

  it('is said in English and Spanish', () => {
    const sum = layOutSum(get('cl100k_base'), '999 + 1', 'en');
    expect(sumSentence('cl100k_base', sum, 'en')).toBe(
      'In cl100k_base, 999 + 1 = 1000 has a carry 3 times, and once across the edge between two tokens: there the digits of one depend on those of the other.',
    );
    expect(sumSentence('cl100k_base', sum, 'es')).toContain('se lleva 3 veces, y una vez a través del borde');
  });

  it.each([
    ['en', '1,000 - 1', '999'],
    ['es', '1.000 - 1', '999'],
    ['es', '1000 + 1', '1001'],
  ] as const)('in %s reads %s', (language, text, result) => {
    expect(layOutSum(get('gpt2'), text, language).c.digits).toBe(result);
  });

  it.each(['1 - 2', '1.5 + 1', '1 * 2', '1 +', '327'])('refuses %j', (text) => {
    expect(() => layOutSum(get('gpt2'), text, 'en')).toThrow(expect.objectContaining({ code: 'numbers.sum' }));
  });
});
