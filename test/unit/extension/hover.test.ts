import fc from 'fast-check';
import { marked, type Token } from 'marked';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeBlock, inlineCode } from '../../../src/extension/hover/markdown';
import { mergesOf } from '../../../src/extension/hover/merges';
import { numberAt, numberLine } from '../../../src/extension/hover/number-line';
import {
  bar,
  footMarkdown,
  predictionOf,
  type TokenCard,
  tokenMarkdown,
} from '../../../src/extension/hover/token-card';
import { wordOfToken } from '../../../src/extension/hover/word';
import type { ReadingPart } from '../../../src/extension/readings/reading';
import { visibleToken } from '../../../src/extension/visible-token';
import { createTokenizer, loadTiktoken, type Tokenizer } from '../../../src/tokenizer';
import { defaultVocabulary } from '../../support/vocabularies';

const t = (text: string, ...values: (string | number)[]) => text.replace(/\{(\d)\}/g, (_, index) => `${values[index]}`);
const bytesOf = (text: string) => new TextEncoder().encode(text);

function card(change: Partial<TokenCard> = {}): TokenCard {
  return {
    text: '·queso',
    id: 7,
    bytes: bytesOf(' queso'),
    control: false,
    merges: [{ rank: 12, left: '·que', right: 'so', merged: '·queso' }],
    prediction: undefined,
    changes: undefined,
    word: undefined,
    numberLine: undefined,
    attention: undefined,
    why: undefined,
    ...change,
  };
}

const predicted = (...texts: string[]): TokenCard['prediction'] => ({
  logprob: Math.log(0.00018),
  rank: 311,
  entropy: 3.4,
  instead: texts.map((text, id) => ({ text, id: 100 + id, logprob: Math.log(0.4) })),
});

/** What VS Code's own Markdown parser makes of a text: the kinds of its parts, and its code. */
function parsed(markdown: string): { kinds: string[]; code: string[] } {
  const kinds: string[] = [];
  const code: string[] = [];
  marked.walkTokens(marked.lexer(markdown), (token: Token) => {
    kinds.push(token.type);
    if (token.type === 'code') code.push(...token.text.split('\n'));
    if (token.type === 'codespan') code.push(unescaped(token.text));
  });
  return { kinds, code };
}

/** The parser gives inline code escaped for HTML. */
function unescaped(html: string): string {
  const characters: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&', '#39': "'" };
  return html.replace(/&(lt|gt|quot|amp|#39);/g, (_, name: string) => characters[name] ?? '');
}

describe('the word that a token is a part of', () => {
  it('is shown with its pieces and their sum', () => {
    const word = { text: 'middel', tokens: ['m', 'idd', 'el'], logprob: -20 * Math.LN2 };
    expect(tokenMarkdown(card({ word }), t)).toContain('word ` middel ` · 20.0 bits · ` m + idd + el `');
  });

  it('is found in the tokens of a text that was read', () => {
    const text = 'A middel is it.';
    const spans = [0, 1, 3, 6, 8, 11, 14].map((start, i, all) => [start, all[i + 1] ?? 15]);
    const part = {
      ids: Uint32Array.from(spans, (_, id) => id),
      starts: Uint32Array.from(spans, ([start = 0]) => start),
      ends: Uint32Array.from(spans, ([, end = 0]) => end),
      predictions: { logprob: Float32Array.from(spans, (_, i) => -i) },
    } as unknown as ReadingPart;
    expect(wordOfToken(part, 2, text, 0)).toEqual({ text: 'middel', first: 1, last: 3, logprob: -6 });
    expect(wordOfToken(part, 2, text.slice(2), 2)).toEqual({ text: 'middel', first: 1, last: 3, logprob: -6 });
    expect(wordOfToken(part, 4, text, 0)).toBeUndefined();
  });
});

describe('what is shown of the bytes of a token', () => {
  it.each([
    ['spaces and line breaks', bytesOf(' a\t\n\r'), '·a→⏎←'],
    ['half a character', Uint8Array.of(0x20, 0xf0, 0x9f), '·\\xF0\\x9F'],
    ['a control character', bytesOf('\x1b[31m'), '␛[31m'],
    ['what turns the direction of text', bytesOf('\u202egpj'), '\\u{202e}gpj'],
    ['a line separator', bytesOf('\u2028'), '\\u{2028}'],
    ['letters from right to left, which take no number into them', bytesOf('של'), 'של\u200e'],
    ['many spaces', bytesOf(' '.repeat(128)), `${'·'.repeat(48)}…`],
  ])('%s', (_, bytes, text) => expect(visibleToken(bytes)).toBe(text));
});

describe('the card of a token', () => {
  it('is the same Markdown whatever its texts hold', () => {
    const text = fc.uint8Array({ minLength: 1, maxLength: 40 }).map(visibleToken);
    const nasty = fc.oneof(
      text,
      fc.string({
        unit: fc.constantFrom('`', '|', '<b>', '*', '_', '~', '[x](y)', '$(eye)', '#', '\\', '&lt;', '·', '⏎'),
        minLength: 1,
      }),
    );
    const attention = (query: string) => ({ weight: 0.063, query, head: 'head 3.4' });
    const read = (own: string, ...texts: string[]) =>
      parsed(
        tokenMarkdown(
          card({ text: own, prediction: predicted(...texts), numberLine: own, attention: attention(texts[0] ?? '') }),
          t,
        ),
      );
    const unread = (own: string, left: string, right: string) =>
      parsed(tokenMarkdown(card({ text: own, merges: [{ rank: 12, left, right, merged: own }] }), t));
    fc.assert(
      fc.property(nasty, nasty, nasty, (own, other, another) => {
        const { kinds, code } = read(own, other, another);
        expect(kinds).toEqual(read('a', 'b', 'c').kinds);
        expect(code).toContain(own);
        expect(code.some((line) => line.endsWith(`40 %  ${other}`))).toBe(true);
        const { kinds: unreadKinds, code: unreadCode } = unread(own, other, another);
        expect(unreadKinds).toEqual(unread('a', 'b', 'c').kinds);
        expect(unreadCode).toContain(`merge 12  ${other} + ${another} → ${own}`);
      }),
    );
  });

  it.each([['`'], ['``` a'], ['a ```` b'], ['|<b>']])('keeps code of %s as it is', (text) => {
    expect(parsed(inlineCode(text)).code).toEqual([text]);
    expect(parsed(codeBlock([text, text])).code).toEqual([text, text]);
  });

  it('marks the token that stood there, also where it is none of the most probable', () => {
    const lines = tokenMarkdown(card({ prediction: predicted('·rat', '·mouse', '·cat', '·dog', '·cow') }), t).split(
      '\n',
    );
    expect(lines.filter((line) => line.includes('%  '))).toEqual([
      '████▊           40 %  ·rat',
      '████▊           40 %  ·mouse',
      '████▊           40 %  ·cat',
      '████▊           40 %  ·dog',
      '▏            0.018 %  ·queso ◂',
    ]);
    expect(lines[0]).toBe('` ·queso ` · 0.018 % · rank 312 · surprisal 12.4 bits · entropy 3.4 bits');
  });

  const instead = ['·rat', '·mouse', '·cat', '·dog', '·cow'];
  const word = { text: 'quesos', tokens: ['·queso', 's'], logprob: -3 };
  const attention = { weight: 0.063, query: '·ate', head: 'head 3.4' };
  it.each<[string, Partial<TokenCard>, number]>([
    ['with nothing particular', {}, 5],
    ['in a word of several', { word }, 4],
    ['whose attention is painted, in a word of several', { word, attention }, 3],
    ['with all there may be', { word, attention, numberLine: '3: 1', changes: 'head 3.4 off' }, 2],
  ])('is no taller than what one compares allows: %s', (_, change, bars) => {
    const html = marked.parse(tokenMarkdown(card({ prediction: predicted(...instead), ...change }), t)) as string;
    expect(html.match(/% {2}/g)).toHaveLength(bars);
    expect(html).toContain('◂');
    expect(html.match(/<p>|<br>/g)?.length).toBeLessThanOrEqual(7 - bars);
  });

  it.each<[string, Partial<TokenCard>, string]>([
    ['no bytes of a plain text, which says them', {}, 'id 7 · 6 bytes'],
    ['those of any other', { bytes: bytesOf('ñ') }, 'id 7 · 2 bytes ` C3 B1 `'],
  ])('has its id and bytes in the line of the links: %s', (_, change, foot) => {
    const read = card({ prediction: predicted('·rat'), ...change });
    expect(footMarkdown(read, t)).toEqual([foot]);
    expect(tokenMarkdown(read, t)).not.toContain('id 7');
    const unread = card(change);
    expect(footMarkdown(unread, t)).toEqual([]);
    expect(tokenMarkdown(unread, t)).toContain(foot);
  });

  it('says that nothing predicts the first token', () => {
    expect(tokenMarkdown(card({ prediction: null }), t)).toContain('nothing predicts it');
    expect(tokenMarkdown(card(), t)).not.toContain('predicts');
  });
});

describe('what the model thought of a token', () => {
  const predictions = {
    logprob: Float32Array.of(Number.NaN, -1, -2),
    rank: Uint32Array.of(0, 3, 4),
    logZAfter: Float32Array.of(5, 5, 5),
    entropyAfter: Float32Array.of(10, 20, 30),
    topIdsAfter: Uint32Array.of(1, 2, 3, 4, 5, 6),
    topLogprobsAfter: Float32Array.of(-1, -2, -3, -4, -5, -6),
    topK: 2,
  };
  const part = { predictions, ids: Uint32Array.of(9, 8, 7) };

  it('is in the distribution after the token before', () => {
    expect(predictionOf(part, 2, String)).toEqual({
      logprob: -2,
      rank: 4,
      entropy: 20,
      instead: [
        { id: 3, text: '3', logprob: -3 },
        { id: 4, text: '4', logprob: -4 },
      ],
    });
  });

  const entropyAfter = Float32Array.of(10, 20, 30);
  it.each([
    [
      'names none',
      { rankLimit: 0, topK: 0, entropyAfter: new Float32Array(3).fill(Number.NaN) },
      '14 % · surprisal 2.9 bits',
      undefined,
    ],
    ['names two', { rankLimit: 2, entropyAfter }, '14 % · rank > 2 · surprisal 2.9 bits · entropy ≥ 20.0 bits', '2'],
    ['tells all ranks', { entropyAfter }, '14 % · rank 5 · surprisal 2.9 bits · entropy ≥ 20.0 bits', '2'],
  ])('of a server that %s is what it knows', (_, change, numbers, named) => {
    const predictions = { ...part.predictions, isEntropyBound: true, ...change };
    const shown = card({ prediction: predictionOf({ ...part, predictions }, 2, String) });
    expect(tokenMarkdown(shown, t).split('\n')[0]?.trim()).toBe(`\` ·queso \` · ${numbers}`);
    const why = `≥ and >: the server names only the ${named} most probable tokens.`;
    expect(tokenMarkdown(shown, t).endsWith(why)).toBe(named !== undefined);
  });

  it('is nothing for the first', () => expect(predictionOf(part, 0, String)).toBeNull());
});

describe('with real vocabularies', () => {
  let smol: Tokenizer;
  let others: Map<string, Tokenizer>;
  beforeAll(async () => {
    smol = createTokenizer(defaultVocabulary());
    others = new Map();
    for (const name of ['gpt2', 'cl100k_base', 'o200k_base'] as const) others.set(name, await loadTiktoken(name));
  });

  it('327 is one token to some and three to others', () => {
    const counts = [...others, ['SmolLM2', smol] as const].map(([vocabulary, tokenizer]) => ({
      vocabulary,
      tokens: tokenizer.encode('327').ids.length,
    }));
    expect(numberLine('327', counts, t)).toBe('327: 1 token in gpt2, cl100k_base, o200k_base; 3 in SmolLM2');
  });

  it('merges follow each other from bytes to the token', () => {
    const [id = 0] = smol.encode(' cheese').ids;
    const merges = mergesOf(smol, id);
    const made = new Set(Array.from(' cheese', (character) => visibleToken(bytesOf(character))));
    for (const { left, right, merged } of merges) {
      expect(made).toContain(left);
      expect(made).toContain(right);
      expect(merged).toBe(left + right);
      made.add(merged);
    }
    expect(merges.at(-1)?.merged).toBe('·cheese');
    expect(merges.map(({ rank }) => rank)).toEqual(
      merges.map(({ rank }) => rank).toSorted((one, other) => one - other),
    );
  });
});

describe('a number in a text', () => {
  it.each([
    ['is found around a digit of it', 'in 1327, or', { start: 4, end: 5 }, '1327'],
    ['is found where the token has more', 'a 12 b', { start: 1, end: 6 }, '12'],
    ['is not one beside the token', '12 b', { start: 2, end: 4 }, undefined],
    ['is not one of more than 40 digits', '7'.repeat(41), { start: 3, end: 4 }, undefined],
  ])('%s', (_, text, token, number) => expect(numberAt(text, token)).toBe(number));
});

describe('a bar', () => {
  it.each([
    [1, '████████████'],
    [0.5, '██████      '],
    [1e-9, '▏           '],
    [0, '            '],
  ])('of %f', (probability, shown) => expect(bar(probability)).toBe(shown));
});
