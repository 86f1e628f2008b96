import type { Tokenization } from '../../shared/tokens';
import { encodeInSlices } from '../../tokenizer';
import type { FileModel } from '../file-model';
import { structureOf } from '../lines/text-structure';
import type { FileReader } from '../score-file';
import { noScores, putScores, scoreWindow, WINDOW_TOKENS, windowContent, windowLength } from '../score-tokens';
import { type ScoreWindow, scoreWindows } from '../windows';
import { type FileTexts, linesOf } from './file-texts';
import type { HunkPlace } from './hunk-groups';
import type { Hunk } from './hunks';
import type { ReadText } from './scored-side';

/** The new text, or what stands of it before a hunk with the old lines of that: read as far as it has scores. */
export interface Side extends ReadText {
  tokens: Tokenization;
}

/** A hunk, and which tokens of the new text are its new lines. */
export interface HunkInTokens extends HunkPlace {
  hunk: Hunk;
}

/** A text of which a model has read nothing yet. */
export async function unreadSide(text: string, languageId: string, { tokenizer }: FileModel): Promise<Side> {
  const tokens = await encodeInSlices(tokenizer, text, {});
  const scores = noScores(tokens.ids.length);
  const structure = structureOf(text, languageId, tokens);
  return { text, languageId, tokens, structure, scores, tokenText: (id) => tokenizer.textOrNone(id) };
}

/** Has a window of a side read, or looks up what a model made of the same tokens before. @throws AbortError */
export async function readWindow(
  { tokens: { ids }, scores }: Side,
  window: ScoreWindow,
  { model, store }: FileReader,
  signal: AbortSignal,
): Promise<void> {
  const content = windowContent(ids, window);
  const known = await store.get(content, window.to - window.scoredFrom);
  const read = known ?? (await scoreWindow(ids, window, model, signal));
  if (!known) await store.set(content, read);
  putScores(scores, window, read);
}

/** Where the hunks of a file are in its new text. */
export function hunksInTokens(hunks: readonly Hunk[], { structure }: Side): HunkInTokens[] {
  const lines = structure.tokenLines;
  const firstOf = (line: number) => {
    const first = lines.findIndex((of) => of >= line);
    return first < 0 ? lines.length : first;
  };
  return hunks.map((hunk) => ({ hunk, first: firstOf(hunk.after.from), end: firstOf(hunk.after.to) }));
}

/** What is read at once, in tokens. */
export interface Room {
  window: number;
  /** What stands before a hunk at least, where there is as much. */
  context: number;
}

/**
 * What a hunk is given at least of the new text before it. More is read for nearly the same order: over 33 hunks of sources of
 * click, with 512 tokens it is that of 1,024 and of 2,048 (Spearman 0.97 with both, the same ten first; 3.29, 3.26 and 3.24
 * bits a token), for three quarters and half of what is read with those. With 256 it is another one (0.84, eight of the ten,
 * 3.55 bits).
 */
export const CONTEXT_TOKENS = 512;

/** Many old lines may stand where few new ones do: to read them in two windows would be to read the beginning twice. */
const MOST_OLD_TOKENS = 2 * WINDOW_TOKENS;

/** For a model with a short context, half of it. */
export function roomOf(model: FileModel, most = WINDOW_TOKENS): Room {
  const window = windowLength(model, most);
  return { window, context: Math.min(CONTEXT_TOKENS, Math.floor(window / 2)) };
}

/**
 * Has the tokens [first, end) of a side read, given those from `from` on, or as many as there is room for.
 *
 * @param done told up to where, one window after another. @throws AbortError
 */
export async function readFrom(
  from: number,
  first: number,
  end: number,
  side: Side,
  { window: length, context }: Room,
  reader: FileReader,
  signal: AbortSignal,
  done: (to: number) => void = () => {},
): Promise<void> {
  for (const window of scoreWindows(end - from, length, context)) {
    const scoredFrom = Math.max(from + window.scoredFrom, first);
    const to = from + window.to;
    if (to <= scoredFrom) continue;
    await readWindow(side, { from: from + window.from, to, scoredFrom }, reader, signal);
    done(to);
  }
}

/**
 * Has the old lines of a hunk read where the new ones stand: the new text before them, then they, and what began the next
 * line, so that the last of them ends as it did.
 *
 * @param from the token of the new text from which on it is given. @throws AbortError
 */
export async function readOldLines(
  { languageId, ...texts }: FileTexts,
  { before, after }: Hunk,
  from: number,
  reader: FileReader,
  signal: AbortSignal,
): Promise<Side> {
  const [oldLines, newLines] = [linesOf(texts.before), linesOf(texts.after)];
  const ended = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
  const start = ended(newLines.slice(0, after.from));
  const next = /^\s*\S*/.exec(oldLines[before.to] ?? '')?.[0] ?? '';
  const text = start + ended(oldLines.slice(before.from, before.to)) + next;
  const side = await unreadSide(text, languageId, reader.model);
  const first = side.tokens.ends.findIndex((end) => end > start.length);
  const room = roomOf(reader.model, MOST_OLD_TOKENS);
  await readFrom(from, first, side.tokens.ids.length, side, room, reader, signal);
  return side;
}
