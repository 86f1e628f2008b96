import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CopiedToken, formatTokens } from '../../../src/extension/commands/token-formats';
import { countSelected, selectedTokens } from '../../../src/extension/documents/selected-tokens';
import { countCharacters, countTokensIn, tokensIn } from '../../../src/extension/documents/tokens-in-spans';
import { countTokensOf, isReadIn } from '../../../src/extension/readings/count';
import type { Reading, ReadingPart } from '../../../src/extension/readings/reading';
import { partsOf } from '../../../src/extension/side/parts';
import { listRead, listTracked } from '../../../src/extension/side/token-list';
import type { Span } from '../../../src/shared/tokens';
import { atOnce, createTokenizer, TokenizedDocument } from '../../../src/tokenizer';
import { defaultVocabulary } from '../../support/vocabularies';

const tokenizer = createTokenizer(defaultVocabulary());

/** Text in which characters are split between tokens, and some spans of it, in their order and apart. */
const textAndSpans = fc
  .array(fc.constantFrom('the mouse ', '🧀', 'ñandú', '\n', '327', '  ', '漢字', '👩‍🚀'), {
    minLength: 1,
    maxLength: 40,
  })
  .map((parts) => parts.join(''))
  .chain((text) =>
    fc.tuple(
      fc.constant(text),
      fc.uniqueArray(fc.nat(text.length), { maxLength: 6 }).map((edges) => spansBetween(edges.sort((a, b) => a - b))),
    ),
  );

function spansBetween(edges: readonly number[]): Span[] {
  const spans: Span[] = [];
  for (let i = 0; i + 1 < edges.length; i += 2) spans.push({ start: edges[i] ?? 0, end: edges[i + 1] ?? 0 });
  return spans;
}

function tracked(text: string): TokenizedDocument {
  const tokens = new TokenizedDocument(tokenizer, text);
  atOnce(tokens.settle());
  return tokens;
}

/** A reading whose numbers are the tokens' own places. */
function readingOf(text: string): Reading {
  const { ids, starts, ends } = tokenizer.encode(text);
  const logprob = Float32Array.from(ids, (_, index) => (index === 0 ? Number.NaN : -index));
  const rank = Uint32Array.from(ids, (_, index) => index);
  const predictions = {
    logprob,
    rank,
    entropyAfter: logprob,
    logZAfter: logprob,
    topIdsAfter: rank,
    topLogprobsAfter: logprob,
    topK: 1,
  };
  const part: ReadingPart = { trace: 0, ids, starts, ends, predictions };
  return { parts: [part] } as unknown as Reading;
}

/** The places of the tokens that have a part in some spans, by looking at every one. */
function placesIn(text: string, spans: readonly Span[]): number[] {
  const { ids, starts, ends } = tokenizer.encode(text);
  return Array.from(ids.keys()).filter((i) =>
    spans.some(({ start, end }) => (starts[i] ?? 0) < end && (ends[i] ?? 0) > start),
  );
}

describe('the tokens of selections', () => {
  it('are those of the whole text that have a part in them, each once', () => {
    fc.assert(
      fc.property(textAndSpans, ([text, spans]) => {
        const places = placesIn(text, spans);
        const { ids, starts } = tokenizer.encode(text);
        const found = atOnce(tokensIn(tracked(text), spans));
        expect(found.ids).toEqual(places.map((place) => ids[place]));
        expect(found.starts).toEqual(places.map((place) => starts[place]));
        expect(atOnce(countTokensIn(tracked(text), spans))).toBe(places.length);
        expect(countTokensOf(readingOf(text), spans)).toBe(places.length);
      }),
    );
  });

  it('are those of a text that ends where the last of them does, or of each alone', () => {
    fc.assert(
      fc.property(textAndSpans, ([text, spans]) => {
        const textIn = ({ start, end }: Span) => text.slice(start, end);
        const document = { tokens: tracked(text), tokenizer };
        const before = text.slice(0, spans.at(-1)?.end ?? 0);
        const withBefore = [document, spans, 'withTextBefore', textIn] as const;
        expect(atOnce(countSelected(...withBefore))).toBe(placesIn(before, spans).length);
        expect(atOnce(selectedTokens(...withBefore)).ids).toEqual(
          placesIn(before, spans).map((place) => tokenizer.encode(before).ids[place]),
        );
        const alone = [document, spans, 'selectionAlone', textIn] as const;
        const each = spans.map((span) => tokenizer.encode(textIn(span), { special: true }));
        expect(atOnce(countSelected(...alone))).toBe(each.reduce((sum, { ids }) => sum + ids.length, 0));
        const starts = spans.flatMap((span, i) => Array.from(each[i]?.starts ?? [], (start) => span.start + start));
        expect(atOnce(selectedTokens(...alone)).starts).toEqual(starts);
        // The document's own tokens are as they were.
        expect(document.tokens.count).toBe(tokenizer.encode(text).ids.length);
      }),
    );
  });

  it('are read already where the last of them ends with a token', () => {
    const text = 'the mouse ate';
    const read = (end: number) => isReadIn(readingOf(text), [{ start: 0, end }], 'withTextBefore');
    const { ends } = tokenizer.encode(text);
    for (let end = 1; end <= text.length; end++) expect(read(end)).toBe(ends.includes(end));
    expect(isReadIn(readingOf(text), [{ start: 4, end: 9 }], 'selectionAlone')).toBe(false);
    expect(isReadIn(readingOf(text), [{ start: 0, end: text.length }], 'selectionAlone')).toBe(true);
  });

  it('are found across the steps of a long text', () => {
    const text = 'the mouse ate 🧀\n'.repeat(3000);
    const spans = [{ start: 5, end: text.length - 5 }];
    expect(atOnce(tokensIn(tracked(text), spans)).ids.length).toBe(placesIn(text, spans).length);
  });

  it('are listed under the line in which they start, with what the model thought of them', () => {
    const text = 'the mouse\nate 🧀\n\ncheese';
    const lines = [0, 10, 17, 18, text.length];
    const { ids } = tokenizer.encode(text);
    for (const list of [listTracked({ tokens: tracked(text) } as never), listRead(readingOf(text))]) {
      const listed = lines.slice(1).flatMap((end, line) => list(lines[line] ?? 0, end));
      expect(listed.map(({ id }) => id)).toEqual([...ids]);
    }
    const all = listRead(readingOf(text))(0, text.length);
    expect(all.map(({ rank }) => rank)).toEqual([...ids.keys()]);
  });
});

describe('characters', () => {
  it('are code points, also where a step ends inside one', () => {
    const text = `a${'🧀'.repeat(40_000)}`;
    const textOf = ({ start, end }: Span) => text.slice(start, end);
    expect(atOnce(countCharacters(textOf, [{ start: 0, end: text.length }]))).toBe(40_001);
  });
});

describe('the parts that hang on one tree item', () => {
  it('are 200 at most, and tile what is cut', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e9), fc.integer({ min: 1, max: 5000 }), (start, length, unit) => {
        const parts = partsOf({ start, end: start + length }, unit);
        expect(parts.length).toBeLessThanOrEqual(200);
        let at = start;
        for (const part of parts) {
          expect(part.start).toBe(at);
          expect(part.end).toBeGreaterThan(at);
          at = part.end;
        }
        expect(at).toBe(start + length);
      }),
    );
  });
});

describe('tokens as something to paste', () => {
  const tokens: CopiedToken[] = [
    { id: 504, text: 'The', start: 0, end: 3 },
    { id: 7, text: ' "a,\n', start: 3, end: 8 },
    { id: 8, text: '🧀', start: 8, end: 10 },
    { id: 9, text: '🧀', start: 8, end: 10 },
  ];

  it.each([
    ['ids', '504, 7, 8, 9'],
    ['csv', 'id,text,start,end\r\n504,"The",0,3\r\n7," ""a,\n",3,8\r\n8,"🧀",8,10\r\n9,"🧀",8,10'],
    ['text', 'The│ "a,\n│🧀│'],
  ] as const)('%s', (format, text) => expect(atOnce(formatTokens(tokens, format))).toBe(text));

  it('json', () => expect(JSON.parse(atOnce(formatTokens(tokens, 'json')))).toEqual(tokens));

  it('of a long text is made in steps', () => {
    const many = Array.from({ length: 10_000 }, (_, start) => ({ id: 1, text: 'a', start, end: start + 1 }));
    expect([...formatTokens(many, 'json')].length).toBeGreaterThan(5);
  });
});
