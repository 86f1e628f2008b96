import { describe, expect, it } from 'vitest';
import { type PartRead, partToRead } from '../../../src/extension/decorations/part-to-read';

/** Ten thousand lines of five tokens, of four units each. */
const LINE = 20;
const TEXT = `${'abcd'.repeat(4)}abc\n`.repeat(10_000);

const tokens = (text: string) => Uint32Array.from({ length: Math.ceil(text.length / 4) }, (_, i) => 4 * i);
const text = {
  slice: (start: number, end: number) => TEXT.slice(start, end),
  tokenize: async (slice: string) => tokens(slice),
};
const lines = (first: number, last: number) => ({ start: LINE * first, end: LINE * last });

/** What is known once a part has been read. */
function read({ start, shown }: { start: number; shown: { start: number; end: number } }): PartRead {
  const starts = tokens(TEXT.slice(start, shown.end)).map((each) => start + each);
  return { start, shown, end: shown.end, starts, tokens: starts.length };
}

const context = { before: 500, length: 2000 };

describe('of a long text', () => {
  it('all is read up to what is seen, as long as that is near its start', async () => {
    const part = await partToRead(text, lines(40, 80), context, undefined);
    expect(part).toEqual({ start: 0, shown: lines(0, 80), tokens: 400 });
  });

  it('some tokens before what is seen are read, from the start of a line, and what has half of them before it is shown', async () => {
    const part = await partToRead(text, lines(5000, 5040), context, undefined);
    expect(part).toEqual({ start: LINE * 4901, shown: lines(4950, 5040), tokens: 695 });
  });

  it('never more is read than fits', async () => {
    const part = await partToRead(
      text,
      lines(5000, 5040),
      { before: Number.POSITIVE_INFINITY, length: 1000 },
      undefined,
    );
    expect(part.tokens).toBeLessThanOrEqual(1000);
    expect(part.tokens).toBeGreaterThan(900);
  });

  it('the model reads on from where it was as one scrolls down, until its context is full', async () => {
    let latest = await partToRead(text, lines(5000, 5040), context, undefined);
    const starts = new Set([latest.start]);
    for (let line = 5040; line < 5200; line += 40) {
      latest = await partToRead(text, lines(line, line + 40), context, read(latest));
      starts.add(latest.start);
      expect(latest.shown.end).toBe(LINE * (line + 40));
    }
    expect(starts.size).toBe(1);
    const full = await partToRead(text, lines(5240, 5360), context, read(latest));
    expect(full.start).toBeGreaterThan(latest.start);
    expect(full.tokens).toBeLessThan(1200);
  });

  it('what was read is not read again as one scrolls back a little, and anew where too little stands before', async () => {
    const latest = read(await partToRead(text, lines(5000, 5200), context, undefined));
    const back = await partToRead(text, lines(5100, 5140), context, latest);
    expect(back).toMatchObject({ start: latest.start, shown: latest.shown });
    const further = await partToRead(text, lines(4960, 5000), context, latest);
    expect(further.start).toBeLessThan(latest.start);
  });

  it('more is read before what is seen where more is wanted', async () => {
    const latest = read(await partToRead(text, lines(5000, 5040), context, undefined));
    const part = await partToRead(text, lines(5000, 5040), { before: 1500, length: 2000 }, latest);
    expect(part.start).toBe(LINE * 4701);
  });

  it('a jump far ahead is not read on to', async () => {
    const latest = read(await partToRead(text, lines(5000, 5040), context, undefined));
    const part = await partToRead(text, lines(8000, 8040), context, latest);
    expect(part.start).toBe(LINE * 7901);
  });
});
