import { describe, expect, it } from 'vitest';
import { createVocabularies } from '../../../src/inspector';
import type { MergeNode } from '../../../src/shared/inspector-api';
import { createTokenizer, isTiktokenName, loadTiktoken, type Tokenizer } from '../../../src/tokenizer';
import { vitrine } from '../../support/command-line';
import { defaultVocabulary } from '../../support/vocabularies';

const tokenizers = new Map<string, Promise<Tokenizer>>();
const loadNamed = async (name: string) =>
  isTiktokenName(name) ? loadTiktoken(name) : createTokenizer(defaultVocabulary());

function vocabulariesIn(language: string) {
  const named = (name: string) => {
    const tokenizer = tokenizers.get(name) ?? loadNamed(name);
    tokenizers.set(name, tokenizer);
    return tokenizer;
  };
  return createVocabularies({ named, modelName: () => 'SmolLM2 135M', language });
}

/** What the command line prints for programs. */
async function json(...args: string[]) {
  const { stdout } = await vitrine([...args, '--json']);
  return JSON.parse(stdout);
}

describe('what the inspector says of vocabularies', () => {
  const english = vocabulariesIn('en');

  it('names the model first, then the others as people say them', async () => {
    expect((await english.vocabularies()).map(({ name, label }) => `${name} ${label}`)).toEqual([
      'model SmolLM2 135M',
      'gpt2 GPT-2',
      'r50k_base r50k',
      'p50k_base p50k',
      'cl100k_base cl100k',
      'o200k_base o200k',
    ]);
  });

  it.each([
    ['model', 'El ratón, <|im_end|> naïve 327'],
    ['gpt2', 'El ratón, <|endoftext|> naïve 327'],
    ['o200k_base', '👨‍👩‍👧‍👦 x'],
  ])('gives the tokens that the command line gives: %s, %j', async (vocabulary, text) => {
    const { ids, starts, ends, bytes } = await english.tokenize({ vocabulary, text });
    const { tokens } = await json('tokens', text, '--vocab', vocabulary);
    const shown = Array.from(ids, (id, i) => ({ id, bytes: bytes[id], start: starts[i], end: ends[i] }));
    expect(shown).toMatchObject(
      tokens.map(({ id, bytes, start, end }: (typeof shown)[0]) => ({ id, bytes, start, end })),
    );
    expect(shown.length).toBe(tokens.length);
  });

  it('says which characters the vocabulary cannot hold', async () => {
    expect((await english.tokenize({ vocabulary: 'model', text: 'a\u0004b' })).dropped).toEqual([{ start: 1, end: 2 }]);
  });

  it.each(['model', 'gpt2', 'o200k_base'])(
    'draws the merges of a token as the command line does: %s',
    async (vocabulary) => {
      const { ids } = await english.tokenize({ vocabulary, text: ' cheese' });
      const tree = await english.merges({ vocabulary, id: ids.at(-1) as number });
      const lines = tree ? linesOf(tree) : [];
      const { stdout } = await vitrine(['tokens', ' cheese', '--vocab', vocabulary, '--merges', `${ids.length - 1}`]);
      expect(lines.length).toBeGreaterThan(4);
      expect(stdout.match(/^.*(merge \d+|─ .)$/gm)?.map((line) => line.replace(/^[│├└─ ]+/, ''))).toEqual(lines);
    },
  );

  /** The labels from the root on, with the ranks of merges. */
  function linesOf({ label, merge }: MergeNode): string[] {
    return merge ? [`${label}  merge ${merge.rank}`, ...linesOf(merge.left), ...linesOf(merge.right)] : [label];
  }

  it('has no merges for a control token, or for a byte', async () => {
    for (const text of ['<|im_end|>', 'a']) {
      const { ids } = await english.tokenize({ vocabulary: 'model', text });
      expect(await english.merges({ vocabulary: 'model', id: ids[0] as number })).toBeUndefined();
    }
  });

  it.each(['model', 'gpt2', 'cl100k_base'])('says of numbers what the command line says: %s', async (vocabulary) => {
    const expected = await json('numbers', '1234567', '--vocab', vocabulary, '--map');
    const { tokens, groups, notations } = await english.number({ vocabulary, number: '1234567' });
    const { counts, firstSplit, shares } = await english.numberMap({ vocabulary });
    expect(expected).toMatchObject({ tokens, groups, notations, shares, map: [...counts] });
    expect(firstSplit ?? null).toBe(expected.firstSplit);
    const { sign, operands, carries, crossings } = await english.sum({ vocabulary, sum: '999 + 1' });
    const [a, b, c] = operands.map(({ digits, tokens }) => ({ number: digits, tokens }));
    expect(await json('numbers', '999 + 1', '--vocab', vocabulary)).toMatchObject({
      sign,
      a,
      b,
      c,
      carries,
      crossings,
    });
  });

  it('says it in the language of the display', async () => {
    const spanish = vocabulariesIn('es-MX');
    const { sentences } = await spanish.number({ vocabulary: 'gpt2', number: '327' });
    expect(sentences[0]).toMatch(/^En GPT-2, 327 es el token 34159/);
    expect((await spanish.sum({ vocabulary: 'model', sum: '999+1' })).sentence).toMatch(
      /^En SmolLM2 135M, en 999 \+ 1/,
    );
  });

  it('holds nobody up while it counts the tokens of ten thousand numbers', async () => {
    const tokenizer = await loadTiktoken('o200k_base');
    const alone = createVocabularies({ named: async () => tokenizer, modelName: () => '', language: 'en' });
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const first = await alone.numberMap({ vocabulary: 'o200k_base' });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
    expect(await alone.numberMap({ vocabulary: 'o200k_base' })).toBe(first);
  });

  it.each([['12a'], ['']])('refuses %j as a number, in a sentence', async (number) => {
    await expect(english.number({ vocabulary: 'model', number })).rejects.toMatchObject({ code: 'numbers.number' });
  });
});
