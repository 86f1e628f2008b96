import type { Subject } from '../../src/shared/inspector-api';
import { type TokenText, tokenTexts } from './token-texts';

export type { TokenText };

const made = new WeakMap<Subject, TokenText[]>();
const runsMade = new WeakMap<Subject, Run[]>();

/** Positions [from, to). */
export interface Run {
  from: number;
  to: number;
}

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

/** Runs of positions that are shown, where the model has read more than those; else none. */
export function shownRuns(subject: Subject | undefined): readonly Run[] {
  if (!subject) return [];
  const known = runsMade.get(subject) ?? shownRunsOf(subjectTokens(subject));
  runsMade.set(subject, known);
  return known;
}

function shownRunsOf(tokens: readonly TokenText[]): Run[] {
  if (tokens.every(({ isShown }) => isShown)) return [];
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
