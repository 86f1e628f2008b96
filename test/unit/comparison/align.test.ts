import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { align } from '../../../src/comparison/align';
import { type ReadTokens, tokensWithin } from '../../../src/comparison/read-tokens';
import { createTokenizer, isSameVocabulary, loadTiktoken, type Tokenizer } from '../../../src/tokenizer';
import { nastyText, seededRandom } from '../../support/nasty-text';
import { defaultVocabulary, smallSentencePiece } from '../../support/vocabularies';

const texts = fc.oneof(
  fc.integer().map((seed) => nastyText(seededRandom(seed))),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const different = { sameVocabulary: false };

const tokenizers: Record<string, Tokenizer> = {};
beforeAll(async () => {
  tokenizers.smol = createTokenizer(defaultVocabulary());
  tokenizers.gpt2 = await loadTiktoken('gpt2');
  tokenizers.o200k = await loadTiktoken('o200k_base');
  tokenizers.sentencePiece = createTokenizer(await smallSentencePiece());
});

function read(name: string, text: string): ReadTokens {
  const tokenizer = tokenizers[name] as Tokenizer;
  const encoded = tokenizer.encode(text, { special: true });
  return { ...encoded, isOutside: (entry) => tokenizer.isControl(encoded.ids[entry] as number) };
}

/** Offsets within which no token of either goes on. */
function commonBorders(a: ReadTokens, b: ReadTokens, text: string): number[] {
  const goesOn = ({ starts, ends }: ReadTokens, offset: number) =>
    starts.some((start, i) => start < offset && offset < (ends[i] as number));
  const offsets = Array.from({ length: text.length + 1 }, (_, offset) => offset);
  return offsets.filter((offset) => !goesOn(a, offset) && !goesOn(b, offset));
}

const PAIRS: [string, string][] = [
  ['smol', 'gpt2'],
  ['gpt2', 'o200k'],
  ['sentencePiece', 'smol'],
];

describe.each(PAIRS)('of %s and %s, the shared spans of a text', (one, other) => {
  it('hold the same characters of both, whole tokens each, and could not be smaller', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const [a, b] = [read(one, text), read(other, text)];
        const common = commonBorders(a, b, text);
        let before = 0;
        for (const span of align(a, b, different).spans) {
          expect(span.start).toBeGreaterThanOrEqual(before);
          before = span.end;
          const inside = common.filter((offset) => offset > span.start && offset < span.end);
          expect(inside).toEqual([]);
          const bytes = Buffer.byteLength(text.slice(span.start, span.end).toWellFormed());
          for (const [tokens, { from, to }] of [
            [a, span.a],
            [b, span.b],
          ] as const) {
            expect(from).toBeGreaterThan(0);
            expect((tokens.byteEnds[to - 1] as number) - (tokens.byteStarts[from] as number)).toBe(bytes);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are all of the text that both predict', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const [a, b] = [read(one, text), read(other, text)];
        const { spans } = align(a, b, different);
        const covered = new Set(spans.flatMap(({ start, end }) => unitsOf(start, end)));
        const common = commonBorders(a, b, text);
        // What lies between two borders is there unless one of both has not read all of it, or not predicted it.
        for (const [i, end] of common.entries()) {
          const start = common[i - 1] ?? 0;
          if (start === end) continue;
          const isPredicted = [a, b].every((tokens) => isPredictedIn(tokens, start, end));
          expect(unitsOf(start, end).every((unit) => covered.has(unit))).toBe(isPredicted);
        }
      }),
      { numRuns: 150 },
    );
  });
});

const unitsOf = (start: number, end: number): number[] => Array.from({ length: end - start }, (_, i) => start + i);

function isPredictedIn(tokens: ReadTokens, start: number, end: number): boolean {
  const { starts, ends, isOutside, dropped = [] } = tokens;
  if (dropped.some((span) => span.start < end && span.end > start)) return false;
  const within = [...starts.keys()].filter((i) => {
    const [from, to] = [starts[i] as number, ends[i] as number];
    return from >= start && to <= end && to > from;
  });
  const units = new Set(within.flatMap((i) => unitsOf(starts[i] as number, ends[i] as number)));
  return units.size === end - start && within.every((i) => i > 0 && !isOutside?.(i));
}

describe('of one vocabulary', () => {
  it('all tokens but the first are pairs, whatever the text, and their spans hold each of them once', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const a = read('smol', text);
        const { positionsA, positionsB, spans } = align(a, { ...a }, { sameVocabulary: true });
        expect(positionsA).toEqual(Uint32Array.from(a.ids.keys()).slice(1));
        expect(positionsB).toEqual(positionsA);
        for (const { a: ofA, b: ofB } of spans) expect(ofA).toEqual(ofB);
      }),
      { numRuns: 100 },
    );
  });

  it('a character of several tokens is one span, with all of them', () => {
    const text = 'a 𓀀 b';
    const tokens = read('smol', text);
    const whole = align(tokens, tokens, { sameVocabulary: true }).spans.find(({ end, start }) => end - start > 1);
    expect(whole).toMatchObject({ start: text.indexOf('𓀀'), end: text.indexOf('𓀀') + 2 });
    expect((whole?.a.to ?? 0) - (whole?.a.from ?? 0)).toBeGreaterThan(2);
  });

  it('tokens that stand in a prompt are pairs with those of the text alone, at the offsets of the text', () => {
    const text = 'The mouse ate the cheese.';
    const before = '<|im_start|>user\n';
    const prompt = read('smol', `${before}${text}<|im_end|>`);
    const part = tokensWithin(prompt, { start: before.length, end: before.length + text.length }, before.length);
    const { positionsA, positionsB, spans } = align(read('smol', text), part, { sameVocabulary: true });
    expect([...positionsA]).toEqual([1, 2, 3, 4, 5]);
    expect(positionsB[0]).toBe((part.first ?? 0) + 1);
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual([' mouse', ' ate', ' the', ' cheese', '.']);
  });
});

describe('two vocabularies', () => {
  it('are the same where each id has the same text in both', () => {
    const { smol, gpt2, o200k } = tokenizers as Record<string, Tokenizer>;
    expect(isSameVocabulary(smol as Tokenizer, createTokenizer(defaultVocabulary()))).toBe(true);
    expect(isSameVocabulary(gpt2 as Tokenizer, o200k as Tokenizer)).toBe(false);
  });

  it('are the same where one has other control tokens, or more', () => {
    const vocabulary = defaultVocabulary();
    const tokens = vocabulary.tokens.map((token) => (token === '<|im_start|>' ? '<|user|>' : token));
    const tokenTypes = Int32Array.from([...(vocabulary.tokenTypes ?? []), 3]);
    const tuned = createTokenizer({ ...vocabulary, tokens: [...tokens, '<|tool|>'], tokenTypes });
    expect(isSameVocabulary(tokenizers.smol as Tokenizer, tuned)).toBe(true);
  });
});
