import type { TokenScores } from '../../shared/engine-api';
import type { Span, Tokenization } from '../../shared/tokens';
import type { ChangedLineToken, LineScore } from '../../shared/workspace-api';
import { expectedText, FEWEST_BEFORE, lineScoresOf, touching } from '../lines/line-scores';
import type { TextStructure } from '../lines/text-structure';
import type { LineRange } from './hunks';
import { isIndented } from './white-space';

/** Lines of a text, and their tokens in order. */
export interface ScoredLines {
  lines: LineScore[];
  tokens: ChangedLineToken[];
}

/** A text as a model has read it, as far as there are scores: elsewhere they are NaN. */
export interface ReadText {
  text: string;
  languageId: string;
  tokens: Pick<Tokenization, 'starts' | 'ends'>;
  structure: TextStructure;
  scores: TokenScores;
  tokenText(id: number): string;
}

/** What a model makes of some lines of a text. @param lineOffset what is added to their numbers */
export function scoredLines(read: ReadText, { from, to }: LineRange, lineOffset = 0): ScoredLines {
  const isWithin = ({ line }: { line: number }) => line >= from && line < to;
  const moved = <T extends { line: number }>(at: T): T => ({ ...at, line: at.line + lineOffset });
  return {
    lines: lineScoresOf(read, read.structure).filter(isWithin).map(moved),
    tokens: tokenScores(read).filter(isWithin).map(moved),
  };
}

/** The tokens of a text that count, those of comments apart: of blanks alone, only an indentation that has a meaning. */
export function countedTokens(read: ReadText): Record<'code' | 'comment', ChangedLineToken[]> {
  const logprob = read.scores.logprob.slice().fill(Number.NaN, 0, FEWEST_BEFORE);
  const counted = { ...read, scores: { ...read.scores, logprob } };
  const counts = ({ text }: ChangedLineToken) =>
    text.trim() !== '' || (isIndented(read.languageId) && /[ \t]$/.test(text));
  const code = tokenScores(withoutComments(counted)).filter(counts);
  const places = new Set(code.map(placeOf));
  return { code, comment: tokenScores(counted).filter((token) => counts(token) && !places.has(placeOf(token))) };
}

export const placeOf = ({ line, start, end }: ChangedLineToken) => `${line}:${start}-${end}`;

function tokenScores({ text, structure, tokens, scores, tokenText }: ReadText): ChangedLineToken[] {
  const { lineStarts, tokenLines, newNames } = structure;
  const isNew = touching(newNames, tokens);
  const found: ChangedLineToken[] = [];
  for (const [token, line] of tokenLines.entries()) {
    const bits = -(scores.logprob[token] as number) / Math.LN2;
    if (Number.isNaN(bits)) continue;
    const isNewName = isNew(token);
    const [start, end] = [tokens.starts[token] as number, tokens.ends[token] as number];
    const lineStart = lineStarts[line] as number;
    found.push({
      line,
      start: Math.max(0, start - lineStart),
      end: end - lineStart,
      text: text.slice(start, end),
      bits,
      expected: expectedText(scores, tokenText, token),
      isNewName,
    });
  }
  return found;
}

/** The same text without what a model makes of its comments, and of the blanks before them. */
export function withoutComments(read: ReadText): ReadText {
  const comments = read.structure.comments.map(({ start, end }): Span => {
    return { start: blanksBefore(read.text, start), end };
  });
  const logprob = read.scores.logprob.slice();
  let next = 0;
  for (const [token, start] of read.tokens.starts.entries()) {
    while (next < comments.length && (comments[next] as Span).end <= start) next++;
    const isComment = (comments[next]?.start ?? read.text.length) < (read.tokens.ends[token] as number);
    if (isComment) logprob[token] = Number.NaN;
  }
  return { ...read, scores: { ...read.scores, logprob } };
}

function blanksBefore(text: string, place: number): number {
  let start = place;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
  return start;
}
