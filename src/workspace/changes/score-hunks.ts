import type { TokenScores } from '../../shared/engine-api';
import type { ChangedLineToken, HunkScore, LineScore } from '../../shared/workspace-api';
import { encodeInSlices, type Tokenizer } from '../../tokenizer';
import { type FileSums, fileSumsOf } from '../lines/line-statistics';
import type { FileReader } from '../score-file';
import { scoreTokens } from '../score-tokens';
import { type FileTexts, linesOf } from './file-texts';
import type { Hunk } from './hunks';
import { type ReadText, type ScoredLines, scoredLines, withoutComments } from './scored-side';
import { worstAddedToken } from './token-changes';

/**
 * Tokens of a window: of nearly all files everything that stands before a hunk. To read twice as much takes more than
 * twice as long.
 */
const CONTEXT_TOKENS = 4096;

/** A hunk with its tokens, for who shows them; how unusual it is is not known yet. */
export interface RawHunk extends HunkScore {
  removedTokens: ChangedLineToken[];
  addedTokens: ChangedLineToken[];
}

/** What a model makes of a changed file. */
export interface ReviewedFile extends FileTexts {
  /** What all lines of the new text come to. */
  sums: FileSums;
  scoredHunks: RawHunk[];
}

export interface ReviewOptions {
  /** Whether comments are read for what they say, and not only as what stands before code. */
  comments: boolean;
}

/**
 * Reads a changed file: its new text once, and for each hunk the lines that it takes away, put where the new ones stand.
 * Both sides of a hunk are given the same: the whole of the new text before it, or as much as fits.
 *
 * @param done told of tokens that the model has read now. @throws AbortError
 */
export async function reviewFile(
  texts: FileTexts,
  reader: FileReader,
  { comments }: ReviewOptions,
  signal: AbortSignal,
  done?: (tokens: number) => void,
): Promise<ReviewedFile> {
  const shown = (read: ReadText) => (comments ? read : withoutComments(read));
  const removed: ScoredLines[] = [];
  // In their order: each begins as the one before does, and the engine goes on from there.
  for (const hunk of texts.hunks) {
    const { from, to } = hunk.before;
    if (from === to) removed.push({ lines: [], tokens: [] });
    else {
      const read = await readRemoved(texts, hunk, reader, signal, done);
      const first = hunk.after.from;
      removed.push(scoredLines(shown(read), { from: first, to: first + to - from }, from - first));
    }
  }
  const after = shown(await readText(texts.after, 0, texts.languageId, reader, signal, done));
  const { lines, tokens } = scoredLines(after, { from: 0, to: Number.POSITIVE_INFINITY });
  const scoredHunks = texts.hunks.map((hunk, i) => {
    const isAdded = ({ line }: { line: number }) => line >= hunk.after.from && line < hunk.after.to;
    const added = { lines: lines.filter(isAdded), tokens: tokens.filter(isAdded) };
    return hunkScore(texts, hunk, removed[i] ?? { lines: [], tokens: [] }, added, lines);
  });
  return { ...texts, sums: fileSumsOf(lines), scoredHunks };
}

function hunkScore(
  { path, languageId }: FileTexts,
  { before, after }: Hunk,
  removed: ScoredLines,
  added: ScoredLines,
  all: readonly LineScore[],
): RawHunk {
  const addedMean = meanOf(added.lines);
  const lower = all.filter(({ bits, tokens }) => bits / tokens < addedMean).length;
  return {
    path,
    languageId,
    before,
    after,
    removed: removed.lines,
    added: added.lines,
    removedTokens: removed.tokens,
    addedTokens: added.tokens,
    removedMean: meanOf(removed.lines),
    addedMean,
    higherThan: added.lines.length === 0 || added.lines.length === all.length ? Number.NaN : lower / all.length,
    z: Number.NaN,
    worst: worstAddedToken(removed.tokens, added.tokens),
  };
}

/** Bits a token. */
function meanOf(lines: readonly LineScore[]): number {
  const sum = (of: (line: LineScore) => number) => lines.reduce((total, line) => total + of(line), 0);
  return sum(({ bits }) => bits) / sum(({ tokens }) => tokens);
}

/** The new text as far as the hunk, then the old lines and what began the next one, so that the last of them ends as it did. */
async function readRemoved(
  { languageId, ...texts }: FileTexts,
  { before, after }: Hunk,
  reader: FileReader,
  signal: AbortSignal,
  done?: (tokens: number) => void,
): Promise<ReadText> {
  const [oldLines, newLines] = [linesOf(texts.before), linesOf(texts.after)];
  const prefix = newLines.slice(0, after.from).map((line) => `${line}\n`);
  const old = oldLines.slice(before.from, before.to).map((line) => `${line}\n`);
  const next = /^\s*\S*/.exec(oldLines[before.to] ?? '')?.[0] ?? '';
  const start = prefix.join('');
  return readText(start + old.join('') + next, start.length, languageId, reader, signal, done);
}

/** Has a text read from a place on. */
async function readText(
  text: string,
  wantedFrom: number,
  languageId: string,
  { model, store }: FileReader,
  signal: AbortSignal,
  done?: (tokens: number) => void,
): Promise<ReadText> {
  const { tokenizer } = model;
  const tokens = await encodeInSlices(tokenizer, text, {});
  const first = tokens.ends.findIndex((end) => end > wantedFrom);
  const count = tokens.ids.length;
  // A zero, which no text has, tells these from texts that are read in smaller windows.
  const content = `${CONTEXT_TOKENS}\0${first}\0${text}`;
  const known = await store.get(content, count - first);
  const scores = known
    ? spread(known, first, count)
    : await scoreTokens(tokens.ids, model, signal, done, { window: CONTEXT_TOKENS, wantedFrom: first });
  if (!known) {
    const part = { logprob: scores.logprob.subarray(first), expected: scores.expected.subarray(first) };
    await store.set(content, part);
  }
  scores.logprob.fill(Number.NaN, 0, first);
  return { text, languageId, tokens, scores, tokenText: tokenTextOf(tokenizer) };
}

function spread({ logprob, expected }: TokenScores, first: number, count: number): TokenScores {
  const scores = { logprob: new Float32Array(count), expected: new Uint32Array(count) };
  scores.logprob.set(logprob, first);
  scores.expected.set(expected, first);
  return scores;
}

const tokenTextOf = (tokenizer: Tokenizer) => (id: number) => tokenizer.tokenText(id);
