import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createTokenizer } from '../../src/tokenizer';
import type { FileTexts } from '../../src/workspace/changes/file-texts';
import type { RawHunk } from '../../src/workspace/changes/hunk-score';
import { reviewFile } from '../../src/workspace/changes/score-hunks';
import type { FileReader } from '../../src/workspace/score-file';
import { TokenStore } from '../../src/workspace/token-store';
import { nextTask, useEngine } from '../support/engine';
import { temporaryFolder } from '../support/temporary-folder';

const engine = useEngine();

/** A file of ours as it is: Git's own words about a repository, cut into records. */
const SOURCE = readFileSync('src/workspace/changes/hunks.ts', 'utf8');

/** What the model was given. */
const reads: number[][] = [];

async function reader(contextLength = 8192): Promise<FileReader> {
  return {
    store: await TokenStore.open({ folder: temporaryFolder(), model: 'embedded' }),
    model: {
      label: '',
      key: 'embedded',
      tokenizer: createTokenizer(await engine.engine.vocabulary({})),
      contextLength,
      score: (ids) => {
        reads.push([...ids]);
        return engine.engine.scoreInBackground({ task: nextTask(), ids: [...ids] });
      },
    },
  };
}

/** An operator or a letter of a name, and what somebody who slips writes for it. */
const SLIPS = [
  [/ === 0/, ' !== 0'],
  [/ \+ /, ' - '],
  [/ - 1/, ' + 1'],
  [/= \[\]/, '= ()'],
  [/ && /, ' || '],
  [/ : /, ' ; '],
  [/ \? /, ' ! '],
  [/=> /, '= '],
  [/\.push/, '.pusk'],
  [/length/, 'lenght'],
  [/continue/, 'contimue'],
  [/await/, 'awit'],
  [/return/, 'retrun'],
  [/const/, 'cosnt'],
  [/startsWith/, 'startWith'],
  [/number/, 'nunber'],
  [/boolean/, 'boolaen'],
  [/export/, 'exprot'],
  [/Number\(/, 'Numder('],
  [/exec/, 'exce'],
] as const;

async function hunksOf(texts: FileTexts, files: FileReader): Promise<RawHunk[]> {
  const hunks: RawHunk[] = [];
  const { signal } = new AbortController();
  for await (const part of reviewFile(texts, files, { comments: true }, signal)) hunks.push(...part.hunks);
  return hunks;
}

test('finds most lines with a slip more surprising than the right ones, and reads nothing twice', async () => {
  const lines = SOURCE.split('\n');
  const slips = SLIPS.flatMap(([written, slip]) => {
    const line = lines.findIndex((text) => written.test(text) && !/^\s*(\*|\/)/.test(text));
    const slipped = lines[line]?.replace(written, slip);
    return slipped === undefined ? [] : [{ line, slipped }];
  });
  slips.sort((a, b) => a.line - b.line);
  // A file that mends them all; each of its old lines is followed by the line that came next.
  const before = slips.flatMap(({ line, slipped }) => [slipped, lines[line + 1] ?? '']).join('\n');
  const hunks = slips.map(({ line }, i) => ({
    before: { from: 2 * i, to: 2 * i + 1 },
    after: { from: line, to: line + 1 },
  }));
  const texts = { path: 'a.ts', pathBefore: 'a.ts', languageId: 'typescript', before, after: SOURCE, hunks };
  const files = await reader();
  const scoredHunks = await hunksOf(texts, files);
  const raised = scoredHunks.filter(({ addedMean, removedMean }) => removedMean > addedMean);
  expect(slips.length).toBeGreaterThanOrEqual(15);
  expect(raised.length / slips.length).toBeGreaterThan(0.8);
  // As one reads it who has read nothing before: the engine goes on from what it read last.
  const { removed, removedTokens } = scoredHunks.at(-1) as (typeof scoredHunks)[number];
  const ids = reads.at(-2) as number[];
  const fresh = await engine.engine.score({ task: nextTask(), ids });
  const bits = removedTokens.map((token) => token.bits);
  const near = bits.map((value) => expect.closeTo(value, 3));
  const own = Array.from(fresh.subarray(-bits.length - 2), (logprob) => -logprob / Math.LN2);
  expect([own.slice(0, -2), own.slice(1, -1), own.slice(2)]).toContainEqual(near);
  expect(removed[0]?.bits).toBeCloseTo(
    bits.reduce((sum, value) => sum + value, 0),
    4,
  );
  const readBefore = reads.length;
  expect(await hunksOf(texts, files)).toEqual(scoredHunks);
  expect(reads.length).toBe(readBefore);
});

test('gives both sides of a hunk the same, also in a file that is longer than the context', async () => {
  const lines = SOURCE.split('\n');
  // What is put there is what was there: all that could differ is what stands before it.
  const hunks = lines.flatMap((text, line) => {
    const range = { from: line, to: line + 1 };
    return line % 12 === 5 && text.trim() !== '' ? [{ before: range, after: range }] : [];
  });
  const texts = { path: 'a.ts', pathBefore: 'a.ts', languageId: 'typescript', before: SOURCE, after: SOURCE, hunks };
  const scoredHunks = await hunksOf(texts, await reader(96));
  expect(scoredHunks.length).toBeGreaterThan(3);
  for (const { removed, added } of scoredHunks) {
    expect(removed.map(({ line, tokens }) => [line, tokens])).toEqual(added.map(({ line, tokens }) => [line, tokens]));
    for (const [i, { bits }] of removed.entries()) expect(bits).toBeCloseTo(added[i]?.bits ?? Number.NaN, 2);
  }
});
