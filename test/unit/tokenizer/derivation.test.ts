import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createTokenizer,
  type Derivation,
  isMerge,
  loadTiktoken,
  printable,
  type Tokenizer,
} from '../../../src/tokenizer';
import { defaultVocabulary, smallSentencePiece } from '../../support/vocabularies';

function leaves(node: Derivation): number[] {
  return isMerge(node) ? [...leaves(node.left), ...leaves(node.right)] : [node.id];
}

function mergesOf(node: Derivation): { rank: number; left: number; right: number }[] {
  if (!isMerge(node)) return [];
  const own = { rank: node.rank, left: node.left.id, right: node.right.id };
  return [own, ...mergesOf(node.left), ...mergesOf(node.right)];
}

/** A token's derivation, after checking that its leaves are the token's bytes. */
function derivationOf(tokenizer: Tokenizer, id: number): Derivation | undefined {
  const tree = tokenizer.derivation(id);
  if (tree) {
    const bytes = leaves(tree).flatMap((leaf) => [...tokenizer.tokenBytes(leaf)]);
    expect(bytes).toEqual([...tokenizer.tokenBytes(id)]);
  }
  return tree;
}

describe('the derivation of a token', () => {
  it('in a byte-level vocabulary, uses merges of its list', () => {
    const vocabulary = defaultVocabulary();
    const tokenizer = createTokenizer(vocabulary);
    fc.assert(
      fc.property(fc.integer({ min: 17, max: tokenizer.size - 1 }), (id) => {
        const tree = derivationOf(tokenizer, id);
        if (!tree) throw new Error(`Token ${id} has no derivation.`);
        for (const { rank, left, right } of mergesOf(tree)) {
          expect(vocabulary.merges?.[rank]).toBe(`${vocabulary.tokens[left]} ${vocabulary.tokens[right]}`);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('in tiktoken, has the rank of the token that each merge makes', async () => {
    const tokenizer = await loadTiktoken('cl100k_base');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100255 }), (id) => {
        const tree = derivationOf(tokenizer, id);
        if (tree && isMerge(tree)) expect(tree.rank).toBe(id);
      }),
      { numRuns: 500 },
    );
  });

  it('in SentencePiece, starts from characters', async () => {
    const vocabulary = await smallSentencePiece();
    const tokenizer = createTokenizer(vocabulary);
    const id = vocabulary.tokens.indexOf('▁there');
    const tree = derivationOf(tokenizer, id);
    expect(
      tree &&
        leaves(tree)
          .map((leaf) => tokenizer.tokenText(leaf))
          .join('|'),
    ).toBe(' |t|h|e|r|e');
  });

  it('is none for a control token', () => {
    expect(createTokenizer(defaultVocabulary()).derivation(0)).toBeUndefined();
  });
});

describe('printable bytes', () => {
  it.each([
    [' the\n', '·the⏎'],
    ['\t\r\0\u007f', '→←␀␡'],
    ['é🧀\ufeff\ufffd', 'é🧀\ufeff\ufffd'],
  ])('%j', (text, shown) => {
    expect(printable(Buffer.from(text))).toBe(shown);
  });

  it('of a part of a character', () => {
    expect(printable(Uint8Array.of(0x20, 0xf0, 0x9f, 0x41, 0xbf))).toBe('·\\xF0\\x9FA\\xBF');
  });
});
