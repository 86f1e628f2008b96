import { PassThrough } from 'node:stream';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Candidate, InspectedToken } from '../../../src/cli/inspect/inspection';
import { sumsOf } from '../../../src/cli/inspect/inspection';
import { alternativeLines } from '../../../src/cli/inspect/labels';
import { tokenTable } from '../../../src/cli/inspect/table';
import { gridRows } from '../../../src/cli/terminal/grid';
import { createPalette } from '../../../src/cli/terminal/palette';
import { createProgressLine, describeProgress } from '../../../src/cli/terminal/progress';
import { roleOf } from '../../../src/display/head-roles';
import { rankClassOf } from '../../../src/display/rank-class';
import type { HeadSummary } from '../../../src/shared/engine-api';

const hexOf = (text: string) => Buffer.from(text).toString('hex');
const candidate = (text: string, probability: number): Candidate => ({
  id: 1,
  text,
  bytes: hexOf(text),
  logprob: Math.log(probability),
});

function token(position: number, text: string, rank: number | undefined): InspectedToken {
  return {
    position,
    id: 40_000 + position,
    text,
    bytes: hexOf(text),
    start: position,
    end: position + 1,
    prediction: rank === undefined ? undefined : { logprob: -Math.log(rank + 2), rank },
    instead: [candidate(' internationalisation', 0.46), candidate('日本語', 0.071), candidate(' y', 0.00018)],
    entropyBefore: 5,
    entropy: 5,
    after: [],
  };
}

const WORDS = ['The', ' internationalisation', '日本語の文章日本語の文章', '\n\t\t', '👨‍👩‍👧‍👦', 'x'];
const TOKENS = WORDS.map((word, index) => token(1000 + index, word, index === 0 ? undefined : 10 ** index));

describe('the table of tokens', () => {
  it.each([80, 100, 120, 200])('has a row for every token and its three alternatives in %i columns', (width) => {
    const lines = tokenTable(TOKENS, { width, palette: createPalette(1, 'dark') });
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
    const text = lines.join('\n');
    for (const { position, id } of TOKENS) expect(text).toMatch(new RegExp(`^ *${position} .* ${id} `, 'm'));
    for (const share of ['46 %', '7.1 %', '0.018 %']) expect(text.split(share)).toHaveLength(TOKENS.length);
  });

  it.each([80, 120])('keeps its columns straight with wide characters in %i columns', (width) => {
    const lines = tokenTable(TOKENS, { width, palette: createPalette(1, 'dark') });
    const ends = TOKENS.map(({ id }) => {
      const line = lines.find((row) => row.includes(`${id}`)) ?? '';
      return stringWidth(line.slice(0, line.indexOf(`${id}`)));
    });
    expect(new Set(ends).size).toBe(1);
  });

  it('has the same text with and without colours', () => {
    const plain = tokenTable(TOKENS, { width: 80, palette: createPalette(1, 'dark') });
    const tinted = tokenTable(TOKENS, { width: 80, palette: createPalette(24, 'dark') });
    expect(tinted).not.toEqual(plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is taken away.
    expect(tinted.map((line) => line.replace(/\x1b\[[\d;]*m/g, ''))).toEqual(plain);
  });
});

describe('alternatives', () => {
  const three = [candidate(' cat', 0.25), candidate(' mouse', 0.12), candidate(' dog', 0.078)];
  it.each([
    [40, ['·cat 25 %  ·mouse 12 %  ·dog 7.8 %']],
    [33, ['·cat 25 %  ·mou… 12 %  ·dog 7.8 %']],
    [24, ['·cat 25 %  ·mouse 12 %', '·dog 7.8 %']],
  ])('in %i columns', (width, lines) => expect(alternativeLines(three, width)).toEqual(lines));
});

describe('sums', () => {
  it('count characters as code points, and classes of ranks', () => {
    const tokens = [token(0, 'a', undefined), token(1, '👍', 0), token(2, 'b', 120)];
    const { predicted, logprob, perplexity, bitsPerCharacter, classes } = sumsOf(
      tokens.map((each, index) => ({ ...each, start: [0, 1, 3][index] ?? 0, end: [1, 3, 4][index] ?? 0 })),
      'a👍b',
    );
    const expected = -Math.log(2) - Math.log(122);
    expect({ predicted, classes }).toEqual({ predicted: 2, classes: { first: 1, ten: 0, hundred: 0, beyond: 1 } });
    expect(logprob).toBeCloseTo(expected, 10);
    expect(perplexity).toBeCloseTo(Math.sqrt(2 * 122), 10);
    expect(bitsPerCharacter).toBeCloseTo(Math.log2(2 * 122) / 3, 10);
  });

  it.each([
    [0, 'first'],
    [1, 'ten'],
    [9, 'ten'],
    [10, 'hundred'],
    [99, 'hundred'],
    [100, 'beyond'],
  ])('rank %i is of class %s', (rank, name) => expect(rankClassOf(rank)).toBe(name));
});

describe('what a head seems to do', () => {
  const summary: HeadSummary = {
    layer: 0,
    head: 0,
    previous: 0.1,
    first: 0.1,
    self: 0.1,
    induction: Number.NaN,
    inductionQueries: 0,
    entropy: 1,
  };
  it.each<[string | undefined, Partial<HeadSummary>]>([
    [undefined, {}],
    ['previous', { previous: 0.8, self: 0.4 }],
    ['previous', { previous: 0.35, first: 0.6 }],
    ['first', { previous: 0.2, first: 0.6 }],
    ['induction', { induction: 0.5, previous: 0.4 }],
  ])('%s', (role, change) => expect(roleOf({ ...summary, ...change })).toBe(role));
});

describe('lines', () => {
  it('of a table of columns', () => {
    const rows = gridRows([
      { header: 'model', align: 'start', cells: ['日本', 'b'] },
      { header: 'size', align: 'end', cells: ['540 MB', '1 kB'] },
    ]);
    expect(rows).toEqual(['model    size', '日本   540 MB', 'b        1 kB']);
  });

  it('of progress are rewritten on a terminal, cleared, and nothing on a pipe', () => {
    const written = (isTTY: boolean) => {
      const stream = Object.assign(new PassThrough(), { isTTY, columns: 30 });
      const line = createProgressLine(stream as unknown as NodeJS.WriteStream);
      line.show({ stage: 'forward', done: 512, total: 2000 });
      line.clear();
      return stream.read()?.toString() ?? '';
    };
    expect(written(true)).toBe('\r\x1b[2KReading the text  512 of 2,0…\r\x1b[2K');
    expect(written(false)).toBe('');
  });

  it.each([
    ['forward', 512, 2000, Number.NaN, 'Reading the text  512 of 2,000 tokens'],
    ['load', 0, 1, Number.NaN, 'Loading the model …'],
    ['compile', 120e6, 540e6, Number.NaN, 'Compiling the model  120 MB of 540 MB'],
    ['rules', 400, 90_000, 8.4, 'Reading through the rules  400 of 90,000 documents, 9 s left'],
    ['rules', 400, 90_000, 0.002, 'Reading through the rules  400 of 90,000 documents, 1 s left'],
    ['rules', 400, 90_000, 95, 'Reading through the rules  400 of 90,000 documents, 2 min left'],
    ['rules', 400, 90_000, 7500, 'Reading through the rules  400 of 90,000 documents, 2 h 5 min left'],
  ] as const)('of progress: %s', (stage, done, total, secondsLeft, line) =>
    expect(describeProgress({ stage, done, total, secondsLeft })).toBe(line),
  );

  it.each([
    [0, Number.NaN, 'Reading files  1 of 17, 1,215 of about 104,368 tokens'],
    [82.3, 1258, 'Reading files  1 of 17, 21 min left, 1,215 of about 104,368 tokens, 82 a second'],
  ])('of a scan that reads %d tokens a second', (tokensPerSecond, secondsLeft, line) => {
    const scan = { filesRead: 1, files: 17, tokensPerSecond, secondsLeft };
    expect(describeProgress({ stage: 'scan', done: 1215, total: 104_368, scan })).toBe(line);
  });
});
