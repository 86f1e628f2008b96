import type { ChangedLineToken, HunkScore, LineScore } from '../../shared/workspace-api';
import type { FileTexts } from './file-texts';
import type { Hunk } from './hunks';
import { placeOf, type ScoredLines } from './scored-side';
import { type NewTokens, newTokensOf } from './token-changes';

/** A hunk with its tokens, for who shows them; how unusual it is is not known yet. */
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
  /** All lines of the new file that were read. */
  all: readonly LineScore[];
}

export function hunkScore(
  { path, languageId }: FileTexts,
  { before, after }: Hunk,
  kind: HunkKind,
  { removed, added, counted, all }: ScoredHunk,
): RawHunk {
  const addedMean = meanOf(added.lines);
  const lower = all.filter(({ bits, tokens }) => bits / tokens < addedMean).length;
  const places = new Set(counted.map(placeOf));
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
    ...newTokensOf(removed.tokens, added.tokens, (token) => places.has(placeOf(token))),
    ...kind,
    aboveUsual: Number.NaN,
  };
}

/** Bits a token. */
function meanOf(lines: readonly LineScore[]): number {
  const sum = (of: (line: LineScore) => number) => lines.reduce((total, line) => total + of(line), 0);
  return sum(({ bits }) => bits) / sum(({ tokens }) => tokens);
}
