import type { LineScore } from '../../shared/workspace-api';
import type { FileReader } from '../score-file';
import { noScores } from '../score-tokens';
import { commentHunks } from './comments';
import { type FileTexts, linesOf } from './file-texts';
import { groupHunks, type HunkGroup } from './hunk-groups';
import { type HunkKind, hunkScore, type RawHunk } from './hunk-score';
import type { Hunk } from './hunks';
import { type HunkInTokens, hunksInTokens, readFrom, readOldLines, roomOf, type Side, unreadSide } from './read-side';
import { countedTokens, type ReadText, type ScoredLines, scoredLines, withoutComments } from './scored-side';
import { whiteSpaceHunks } from './white-space';

/** What a model makes of hunks that were read together. */
export interface ReadPart {
  hunks: RawHunk[];
  /** All lines of the new text that were read for them and not only given. */
  lines: LineScore[];
}

export interface ReviewOptions {
  /** Whether comments are read for what they say, and not only as what stands before code. */
  comments: boolean;
}

/**
 * Reads a changed file where there are hunks: the new lines of each, and the lines that it takes away, put where the new ones
 * stand. Both are given the same of the new text. Of hunks that stand near each other the old lines are read one after another,
 * and the new text last: an engine that remembers what it read last reads of each only what is its own.
 *
 * @param done told which share of the file has been read
 * @returns what was read together, one after another. @throws AbortError
 */
export async function* reviewFile(
  texts: FileTexts,
  reader: FileReader,
  { comments }: ReviewOptions,
  signal: AbortSignal,
  done: (share: number) => void = () => {},
): AsyncGenerator<ReadPart> {
  const shown = (read: ReadText) => (comments ? read : withoutComments(read));
  const kindOf = hunkKinds(texts);
  const after = await unreadSide(texts.after, texts.languageId, reader.model);
  // Where only comments differ, and these are left out, the code is as it was.
  const hunks = hunksInTokens(texts.hunks, after).filter(({ hunk }) => comments || !kindOf(hunk).isComment);
  const groups = groupHunks(hunks, roomOf(reader.model));
  const lineTokens = after.tokens.ids.length / Math.max(1, linesOf(texts.after).length);
  const oldTokens = ({ before }: Hunk) => (before.to - before.from) * lineTokens;
  const workOf = ({ from, end, hunks }: HunkGroup<HunkInTokens>) =>
    hunks.reduce((sum, { hunk }) => sum + oldTokens(hunk), end - from);
  const total = groups.reduce((sum, group) => sum + workOf(group), 0);
  let read = 0;
  for (const group of groups) {
    const removed: ScoredLines[] = [];
    let old = 0;
    const readTo = (place: number) => done((read + old + place - group.from) / total);
    for (const { hunk, first } of group.hunks) {
      removed.push(await scoreOldLines(texts, hunk, group.from, reader, shown, signal));
      old += oldTokens(hunk);
      readTo(first);
    }
    const young = shown(await readNewLines(group, after, reader, signal, readTo));
    read += workOf(group);
    const { lines, tokens } = scoredLines(young, { from: 0, to: Number.POSITIVE_INFINITY });
    const { code, comment } = countedTokens(young);
    yield {
      hunks: group.hunks.map(({ hunk }, i) => {
        const kind = kindOf(hunk);
        const isAdded = ({ line }: { line: number }) => line >= hunk.after.from && line < hunk.after.to;
        return hunkScore(texts, hunk, kind, {
          removed: removed[i] as ScoredLines,
          added: { lines: lines.filter(isAdded), tokens: tokens.filter(isAdded) },
          counted: (kind.isComment ? comment : code).filter(isAdded),
        });
      }),
      lines,
    };
  }
}

async function readNewLines(
  { from, end, hunks }: HunkGroup<HunkInTokens>,
  after: Side,
  reader: FileReader,
  signal: AbortSignal,
  done: (to: number) => void,
): Promise<Side> {
  // In the middle of a file, what stands before the first hunk is given and not scored.
  const first = from === 0 ? 0 : (hunks[0]?.first ?? 0);
  const side = { ...after, scores: noScores(after.tokens.ids.length) };
  await readFrom(from, first, end, side, roomOf(reader.model), reader, signal, done);
  return side;
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
