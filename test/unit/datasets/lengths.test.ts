import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../../src/datasets/documents/open-source';
import { tokenTotals } from '../../../src/datasets/funnel/token-totals';
import { packing } from '../../../src/datasets/lengths/packing';
import { lengthSummary } from '../../../src/datasets/lengths/summary';
import { chatCounter, textCounter } from '../../../src/datasets/lengths/token-counter';
import { TokenLengths } from '../../../src/datasets/lengths/token-lengths';
import { loadTiktoken } from '../../../src/tokenizer';
import { temporaryFolder } from '../../support/temporary-folder';

const lengths = fc.array(fc.oneof(fc.nat(12), fc.nat(90)), { maxLength: 60 });
const contexts = fc.integer({ min: 1, max: 40 });

/** Every token by itself: which document it is of, −1 for an end token, in contexts one after another. */
function concatenate(documents: readonly number[], context: number) {
  const tokens = documents.flatMap((length, document) => [...Array<number>(length).fill(document), -1]);
  const rows = Array.from({ length: Math.ceil(tokens.length / context) }, (_, i) =>
    tokens.slice(i * context, (i + 1) * context),
  );
  const cut = documents.filter((_, document) => rows.filter((row) => row.includes(document)).length > 1).length;
  return { contexts: rows.length, tokens: tokens.length, padding: rows.length * context - tokens.length, cut };
}

/** Each piece looks at every context that is there, the longest piece first. */
function fit(documents: readonly number[], context: number) {
  const pieces: number[] = [];
  for (const length of documents) {
    let left = length + 1;
    for (; left > context; left -= context) pieces.push(context);
    pieces.push(left);
  }
  const room: number[] = [];
  for (const piece of pieces.sort((a, b) => b - a)) {
    let best = -1;
    for (const [i, own] of room.entries()) if (own >= piece && (best < 0 || own < (room[best] as number))) best = i;
    if (best < 0) room.push(context - piece);
    else room[best] = (room[best] as number) - piece;
  }
  return {
    contexts: room.length,
    tokens: documents.reduce((sum, length) => sum + length + 1, 0),
    padding: room.reduce((sum, own) => sum + own, 0),
    cut: documents.filter((length) => length > context).length,
  };
}

describe('packing of documents into contexts', () => {
  it.each([
    ['concatenated', concatenate],
    ['bestFit', fit],
  ] as const)('gives what laying out every token does: %s', (way, simulate) => {
    fc.assert(
      fc.property(lengths, contexts, (documents, context) => {
        expect(packing(Uint32Array.from(documents), context, way)).toEqual(simulate(documents, context));
      }),
      { numRuns: 500 },
    );
  });
});

describe('lengths of documents', () => {
  it('lie in bins without a gap, and quantiles are those of the sorted lengths', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(9), fc.nat(5000)), { minLength: 1, maxLength: 80 }), (documents) => {
        const { bins, quantiles, tokens } = lengthSummary(Uint32Array.from(documents));
        const sorted = documents.toSorted((a, b) => a - b);
        expect(tokens).toBe(sorted.reduce((sum, length) => sum + length, 0));
        for (const [i, { from, to, documents: count, tokens: own }] of bins.entries()) {
          const within = sorted.filter((length) => length >= from && length < to);
          expect([count, own]).toEqual([within.length, within.reduce((sum, length) => sum + length, 0)]);
          if (i > 0) expect(from).toBe(bins[i - 1]?.to);
        }
        for (const { share, tokens: most } of quantiles) {
          const below = sorted.filter((length) => length <= most).length / sorted.length;
          const less = sorted.filter((length) => length < most).length / sorted.length;
          expect(below).toBeGreaterThanOrEqual(share);
          expect(less).toBeLessThan(share);
        }
      }),
    );
    expect(lengthSummary(new Uint32Array(0))).toMatchObject({ documents: 0, bins: [], longest: 0 });
  });

  it('are the tokens that the vocabulary gives each text, and go on where they were ended', async () => {
    const tokenizer = await loadTiktoken('gpt2');
    const texts = ['The mouse ate the cheese.', '', 'ñandú 😀 <|endoftext|>', 'word '.repeat(5000), 'x'];
    const path = join(temporaryFolder(), 'texts.jsonl');
    writeFileSync(path, `${texts.map((text) => JSON.stringify({ text })).join('\n')}\nno JSON\n`);
    const source = await openSource(path);
    await source.index({ signal: new AbortController().signal, progress: () => {} });
    const counted = new TokenLengths(textCounter(tokenizer));
    const controller = new AbortController();
    const ended = counted.count(source, { signal: controller.signal, progress: () => controller.abort() });
    await ended.catch(() => {});
    await counted.count(source, { signal: new AbortController().signal, progress: () => {} });
    expect([...counted.lengths()]).toEqual(texts.map((text) => tokenizer.encode(text).ids.length));
    expect([counted.read, counted.problems]).toEqual([6, 1]);
    // Of the first, the fifth, and the one that cannot be read.
    const kept = Uint8Array.of(1, 0, 0, 0, 1, 1);
    const own = [0, 4].map((i) => tokenizer.encode(texts[i] as string).ids.length);
    expect(counted.summary(kept)).toMatchObject({ documents: 2, tokens: own.reduce((a, b) => a + b) });
    await source.close();
  });

  it('of conversations are those of what the template writes, and a conversation that it refuses is in no count', async () => {
    const tokenizer = await loadTiktoken('gpt2');
    const source =
      "{% for m in messages %}{% if m.content == 'no' %}{{ raise_exception('No.') }}{% endif %}<{{ m.role }}>{{ m.content }}{{ end }}{% endfor %}";
    const template = { source, named: {}, tokens: { end: '<|endoftext|>' } };
    const chats = [['Hello', 'Hi there'], ['no'], ['Bye', 'See you']].map((said) => ({
      messages: said.map((content, i) => ({ role: i % 2 ? 'assistant' : 'user', content })),
    }));
    const path = join(temporaryFolder(), 'chats.jsonl');
    writeFileSync(path, chats.map((chat) => JSON.stringify(chat)).join('\n'));
    const opened = await openSource(path);
    await opened.index({ signal: new AbortController().signal, progress: () => {} });
    const counted = new TokenLengths(chatCounter(opened, tokenizer, template));
    await counted.count(opened, { signal: new AbortController().signal, progress: () => {} });
    const written = [
      '<user>Hello<|endoftext|><assistant>Hi there<|endoftext|>',
      '<user>Bye<|endoftext|><assistant>See you<|endoftext|>',
    ];
    expect([...counted.lengths()]).toEqual(written.map((text) => tokenizer.encode(text, { special: true }).ids.length));
    expect(counted.problems).toBe(1);
    await opened.close();
  });
});

describe('the tokens of what stays', () => {
  const documents = fc.array(fc.record({ tokens: fc.nat(50), isKept: fc.boolean() }), { minLength: 1, maxLength: 40 });
  /** Texts of which one byte in four begins a token. */
  const bytesOf = (tokens: number) => 4 * tokens;

  it('are counted where all documents are, and estimated by bytes of some', () => {
    fc.assert(
      fc.property(documents, fc.nat(), (all, seed) => {
        const amount = (some: typeof all) => ({
          documents: some.length,
          bytes: some.reduce((sum, { tokens }) => sum + bytesOf(tokens), 0),
        });
        const decided = {
          all: amount(all),
          kept: amount(all.filter(({ isKept }) => isKept)),
          removed: new Uint32Array(),
          asked: {},
          reasons: Uint8Array.from(all, ({ isKept }) => (isKept ? 0 : 1)),
          clusters: new Map(),
        };
        const totals = { all: decided.all.bytes / 4, kept: decided.kept.bytes / 4 };
        const tokens = Uint32Array.from(all, (document) => document.tokens);
        expect(tokenTotals({ indexes: undefined, tokens }, decided, () => Number.NaN)).toEqual({
          ...totals,
          estimatedFrom: undefined,
        });
        const some = Uint32Array.of(seed % all.length);
        const sample = { indexes: some, tokens: Uint32Array.from(some, (index) => tokens[index] as number) };
        fc.pre(all.length > 1 && sample.tokens[0] !== 0);
        const estimated = tokenTotals(sample, decided, (index) => bytesOf(tokens[index] as number));
        expect(estimated).toEqual({ ...totals, estimatedFrom: 1 });
      }),
    );
  });
});
