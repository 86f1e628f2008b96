import { visibleText } from '../../src/display/glyphs';
import type { Subject } from '../../src/shared/inspector-api';
import { type ChatToken, chatTokens } from './chat-tokens';

/** A token as text. */
export interface TokenText {
  /** The slice of the text that it covers; empty where the characters are all another token's too. */
  text: string;
  /** The first of several tokens that share a character shows it; the others only say that they are there. */
  sharesCharacter: boolean;
  /** With glyphs for what is invisible: for labels. */
  label: string;
  /** Whether it is part of what is shown, or context before it. */
  isShown: boolean;
  /** What it is in a chat; undefined in other texts. */
  chat?: ChatToken | undefined;
}

/** A token that the model wants before every text, of which it is no part. */
export const START = '⊢';

const isStart = (position: number, start: number, end: number) => position === 0 && start === end;

/** The tokens of a text in order. @param starts, ends UTF-16 offsets, one a token */
export function tokenTexts(
  text: string,
  starts: ArrayLike<number>,
  ends: ArrayLike<number>,
  isShown: (start: number, end: number) => boolean = () => true,
): TokenText[] {
  let covered = 0;
  return Array.from(starts, (start, i) => {
    const end = ends[i] ?? 0;
    const sharesCharacter = start < covered;
    const slice = text.slice(Math.max(start, covered), end);
    covered = Math.max(covered, end);
    const label = isStart(i, start, end) ? START : visibleText(text.slice(start, end));
    return { text: slice, sharesCharacter, label, isShown: isShown(start, end) };
  });
}

const tokensOfSubject = new WeakMap<Subject, TokenText[]>();
const runsOfSubject = new WeakMap<Subject, Run[]>();

/** Positions [from, to). */
export interface Run {
  from: number;
  to: number;
}

/** The tokens of a subject as text, in order; none where the model has not read it. */
export function subjectTokens(subject: Subject | undefined): TokenText[] {
  if (!subject?.read) return [];
  const known = tokensOfSubject.get(subject) ?? tokenTextsOf(subject, subject.read);
  tokensOfSubject.set(subject, known);
  return known;
}

function tokenTextsOf({ text, shown, chat }: Subject, read: NonNullable<Subject['read']>): TokenText[] {
  const isShown = (start: number, end: number) => shown.some((span) => start < span.end && end > span.start);
  const tokens = tokenTexts(text, read.starts, read.ends, isShown);
  return chat ? withChat(tokens, chatTokens(chat, read)) : tokens;
}

/** The same, with what each token is in a chat. */
export function withChat(tokens: readonly TokenText[], chat: readonly (ChatToken | undefined)[]): TokenText[] {
  return tokens.map((token, position) => ({ ...token, chat: chat[position] }));
}

/** Runs of positions that are shown, where the model has read more than those; else none. */
export function shownRuns(subject: Subject | undefined): readonly Run[] {
  if (!subject) return [];
  const known = runsOfSubject.get(subject) ?? shownRunsOf(subjectTokens(subject));
  runsOfSubject.set(subject, known);
  return known;
}

function shownRunsOf(tokens: readonly TokenText[]): Run[] {
  if (tokens.every(({ isShown, label }) => isShown || label === START)) return [];
  const runs: Run[] = [];
  for (const [at, { isShown }] of tokens.entries()) {
    const run = runs.at(-1);
    if (isShown && run?.to === at) run.to++;
    else if (isShown) runs.push({ from: at, to: at + 1 });
  }
  return runs;
}

/** The positions that are shown: [from, to), first to last. */
export function shownRange(subject: Subject | undefined): Run {
  const tokens = subjectTokens(subject);
  const from = tokens.findIndex(({ isShown }) => isShown);
  return from < 0 ? { from: 0, to: 0 } : { from, to: tokens.findLastIndex(({ isShown }) => isShown) + 1 };
}

/** Tokens before a text that are none of its own: the one that a model wants before every text. */
export const tokensBefore = (tokens: readonly TokenText[]): number => (tokens[0]?.label === START ? 1 : 0);
