import { visibleText } from '../../src/shared/glyphs';
import type { Subject } from '../../src/shared/inspector-api';

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
}

const made = new WeakMap<Subject, TokenText[]>();

/** The tokens of a subject as text, in order; none where the model has not read it. */
export function subjectTokens(subject: Subject | undefined): TokenText[] {
  if (!subject?.read) return [];
  const known = made.get(subject) ?? readTokens(subject, subject.read);
  made.set(subject, known);
  return known;
}

function readTokens({ text, shown }: Subject, { ids, starts, ends }: NonNullable<Subject['read']>): TokenText[] {
  let covered = 0;
  return Array.from(ids, (_, i) => {
    const start = starts[i] ?? 0;
    const end = ends[i] ?? 0;
    const sharesCharacter = start < covered;
    const slice = text.slice(Math.max(start, covered), end);
    covered = Math.max(covered, end);
    return {
      text: slice,
      sharesCharacter,
      label: visibleText(text.slice(start, end)),
      isShown: shown.some((span) => start < span.end && end > span.start),
    };
  });
}

/** The positions that are shown: [from, to), first to last. */
export function shownRange(subject: Subject | undefined): { from: number; to: number } {
  const tokens = subjectTokens(subject);
  const from = tokens.findIndex(({ isShown }) => isShown);
  return from < 0 ? { from: 0, to: 0 } : { from, to: tokens.findLastIndex(({ isShown }) => isShown) + 1 };
}
