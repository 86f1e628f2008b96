import { type FileSums, fileSumsOf } from '../lines/line-statistics';
import type { FileReader } from '../score-file';
import { windowLength } from '../score-tokens';
import { commentHunks } from './comments';
import { type FileTexts, linesOf } from './file-texts';
import { groupHunks } from './hunk-groups';
import { type HunkKind, hunkScore, type RawHunk } from './hunk-score';
import type { Hunk } from './hunks';
import { hunksInTokens, readFrom, readOldLines, unreadSide } from './read-side';
import { countedTokens, type ReadText, type ScoredLines, scoredLines, withoutComments } from './scored-side';
import { whiteSpaceHunks } from './white-space';

/** What a model makes of a changed file. */
export interface ReviewedFile extends FileTexts {
  /** What all lines of the new text come to that were read. */
  sums: FileSums;
  /** The surprisals of all its tokens that were read, those of comments apart. */
  tokenBits: { code: number[]; comment: number[] };
  scoredHunks: RawHunk[];
}

export interface ReviewOptions {
  /** Whether comments are read for what they say, and not only as what stands before code. */
  comments: boolean;
}

/**
 * Reads a changed file: its new text where there are hunks in it, and of each hunk the lines that it takes away, put where
 * the new ones stand. Both sides of a hunk are given the same: the whole of the new text before it, or half a window
 * of it at least. Hunks that are given the same beginning are read one after another, and the new text last: an engine that
 * remembers what it read last reads of each only what is its own.
 *
 * @param done told which share of the file has been read. @throws AbortError
 */
export async function reviewFile(
  texts: FileTexts,
  reader: FileReader,
  { comments }: ReviewOptions,
  signal: AbortSignal,
  done: (share: number) => void = () => {},
): Promise<ReviewedFile> {
  const shown = (read: ReadText) => (comments ? read : withoutComments(read));
  const after = await unreadSide(texts.after, texts.languageId, reader.model);
  const removed: ScoredLines[] = [];
  const groups = groupHunks(hunksInTokens(texts.hunks, after), windowLength(reader.model)).map(({ from, hunks }) => ({
    ...{ from, hunks, end: Math.max(...hunks.map(({ end }) => end)) },
    // In the middle of a file, what stands before the first hunk is given and not scored.
    first: from === 0 ? 0 : (hunks[0]?.first ?? 0),
  }));
  const oldTokens = ({ before }: Hunk) => ((before.to - before.from) * after.tokens.ids.length) / lineCount;
  const lineCount = Math.max(1, linesOf(texts.after).length);
  const total = groups.reduce(
    (sum, { from, end }) => sum + end - from,
    texts.hunks.reduce((sum, hunk) => sum + oldTokens(hunk), 0),
  );
  let read = 0;
  const doneWith = (tokens: number) => {
    read += tokens;
    done(read / total);
  };
  for (const { from, hunks, first, end } of groups) {
    let at = from;
    for (const { hunk, first: place } of hunks) {
      removed.push(await scoreOldLines(texts, hunk, from, reader, shown, signal));
      // With the new text before it, as far as the engine had not read that for the hunk before.
      doneWith(place - at + oldTokens(hunk));
      at = place;
    }
    const share = (end - at) / (end - first);
    await readFrom(from, first, end, after, reader, signal, (tokens) => doneWith(share * tokens));
  }
  const { lines, tokens } = scoredLines(shown(after), { from: 0, to: Number.POSITIVE_INFINITY });
  const { code, comment } = countedTokens(shown(after));
  const kindOf = hunkKinds(texts);
  const scoredHunks = texts.hunks.map((hunk, i) => {
    const kind = kindOf(hunk);
    // Whose code is as it was, though its lines have some.
    const isLeftOut = kind.isComment && !comments;
    const isAdded = ({ line }: { line: number }) => !isLeftOut && line >= hunk.after.from && line < hunk.after.to;
    const added = { lines: lines.filter(isAdded), tokens: tokens.filter(isAdded) };
    const counted = (kind.isComment ? comment : code).filter(isAdded);
    return hunkScore(texts, hunk, kind, {
      removed: isLeftOut ? NOTHING : (removed[i] as ScoredLines),
      added,
      counted,
      all: lines,
    });
  });
  const tokenBits = { code: code.map(({ bits }) => bits), comment: comment.map(({ bits }) => bits) };
  return { ...texts, sums: fileSumsOf(lines), tokenBits, scoredHunks };
}

function hunkKinds(texts: FileTexts): (hunk: Hunk) => HunkKind {
  const [isWhiteSpace, isComment] = [whiteSpaceHunks(texts), commentHunks(texts)];
  return (hunk) =>
    isWhiteSpace(hunk)
      ? { trivial: 'whiteSpace', isComment: false }
      : { trivial: undefined, isComment: isComment(hunk) };
}

const NOTHING: ScoredLines = { lines: [], tokens: [] };

async function scoreOldLines(
  texts: FileTexts,
  hunk: Hunk,
  from: number,
  reader: FileReader,
  shown: (read: ReadText) => ReadText,
  signal: AbortSignal,
): Promise<ScoredLines> {
  const { before, after } = hunk;
  if (before.from === before.to) return NOTHING;
  const read = shown(await readOldLines(texts, hunk, from, reader, signal));
  const to = after.from + before.to - before.from;
  return scoredLines(read, { from: after.from, to }, before.from - after.from);
}
