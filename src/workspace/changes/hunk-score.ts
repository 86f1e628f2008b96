import type { ChangedLineToken, HunkScore, LineScore } from '../../shared/workspace-api';
import type { FileTexts } from './file-texts';
import type { Hunk } from './hunks';
import { placeOf, type ScoredLines } from './scored-side';
import { type NewTokens, newTokensOf, surpriseOf } from './token-changes';

/** A hunk with its tokens, for who shows them. What others tell of it is not known before they are. */
export interface RawHunk extends HunkScore, NewTokens {
  removedTokens: ChangedLineToken[];
  addedTokens: ChangedLineToken[];
}

/** What tells which group of the list a hunk is in. */
export type HunkKind = Pick<HunkScore, 'trivial' | 'isComment'>;

/** What a model makes of both sides of a hunk, and of its file. */
export interface ScoredHunk {
  removed: ScoredLines;
  added: ScoredLines;
  /** Of the tokens added those that it is judged by: of code, or of comments. */
  counted: readonly ChangedLineToken[];
}

export function hunkScore(
  { path, languageId }: FileTexts,
  { before, after }: Hunk,
  kind: HunkKind,
  { removed, added, counted }: ScoredHunk,
): RawHunk {
  const places = new Set(counted.map(placeOf));
  const judged = newTokensOf(removed.tokens, added.tokens, (token) => places.has(placeOf(token)));
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
    addedMean: meanOf(added.lines),
    higherThan: Number.NaN,
    ...judged,
    surprise: judged.worst ? surpriseOf(judged.worst) : Number.NaN,
    ...kind,
  };
}

/** Where a hunk is told of: at its most surprising line. */
export const lineOf = ({ worst, after }: Pick<HunkScore, 'worst' | 'after'>): number => worst?.line ?? after.from;

/** With fewer others, a share of lines says nothing. */
const FEWEST_OTHERS = 10;

/** The share of the other lines that have fewer bits a token than those that a hunk adds; NaN where it adds none, or others are few. */
export function higherThan({ added, addedMean, after }: HunkScore, lines: readonly LineScore[]): number {
  const others = lines.filter(({ line }) => line < after.from || line >= after.to);
  if (added.length === 0 || others.length < FEWEST_OTHERS) return Number.NaN;
  return others.filter(({ bits, tokens }) => bits / tokens < addedMean).length / others.length;
}

/** Bits a token. */
function meanOf(lines: readonly LineScore[]): number {
  const sum = (of: (line: LineScore) => number) => lines.reduce((total, line) => total + of(line), 0);
  return sum(({ bits }) => bits) / sum(({ tokens }) => tokens);
}
