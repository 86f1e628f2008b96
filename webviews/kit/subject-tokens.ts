import type { Subject } from '../../src/shared/inspector-api';
import { type TokenText, tokenTexts } from './token-texts';

export type { TokenText };

const made = new WeakMap<Subject, TokenText[]>();

/** The tokens of a subject as text, in order; none where the model has not read it. */
export function subjectTokens(subject: Subject | undefined): TokenText[] {
  if (!subject?.read) return [];
  const known = made.get(subject) ?? tokenTextsOf(subject, subject.read);
  made.set(subject, known);
  return known;
}

function tokenTextsOf({ text, shown }: Subject, { starts, ends }: NonNullable<Subject['read']>): TokenText[] {
  return tokenTexts(text, starts, ends, (start, end) => shown.some((span) => start < span.end && end > span.start));
}

/** The positions that are shown: [from, to), first to last. */
export function shownRange(subject: Subject | undefined): { from: number; to: number } {
  const tokens = subjectTokens(subject);
  const from = tokens.findIndex(({ isShown }) => isShown);
  return from < 0 ? { from: 0, to: 0 } : { from, to: tokens.findLastIndex(({ isShown }) => isShown) + 1 };
}
