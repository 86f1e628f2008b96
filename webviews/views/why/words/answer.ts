import type { Subject } from '../../../../src/shared/inspector-api';
import { type Run, shownRuns } from '../../../kit/subject-tokens';

/** What is to be explained: tokens of the text, [from, to); or another token in the place of one of them. */
export interface Answer extends Run {
  /** In place of those that stand there; one, where the token that is asked about does not stand there. */
  ids?: readonly number[];
}

/** The token that is asked about, where it stands or would stand. */
export function answerOfAsked({ position, token }: { position: number; token: number }): Answer {
  return { from: position, to: position + 1, ids: [token] };
}

/** What is selected in a longer text, all of it, where that is what is inspected. */
export function selectedAnswer(subject: Subject | undefined): Answer | undefined {
  const [run, ...others] = shownRuns(subject);
  const isSelected = (subject?.shown[0]?.start ?? 0) > 0;
  return isSelected && run && run.from > 0 && others.length === 0 ? run : undefined;
}

/** From one token to another, whichever was chosen first; the first token of a text is predicted by nothing. */
export function answerBetween(one: number, other: number): Answer {
  return { from: Math.max(1, Math.min(one, other)), to: Math.max(one, other) + 1 };
}

/**
 * The tokens of what is selected elsewhere, which is known by its text alone: of several places the last, for answers stand
 * at the end. Undefined where the text does not have it, or begins with it.
 */
export function answerOfText({ text, read }: Subject, selection: string): Answer | undefined {
  const start = selection === '' ? -1 : text.lastIndexOf(selection);
  if (start < 0 || !read) return undefined;
  const end = start + selection.length;
  const from = read.ends.findIndex((tokenEnd) => tokenEnd > start);
  const after = read.starts.findIndex((tokenStart, i) => i > from && tokenStart >= end);
  if (from < 1) return undefined;
  return { from, to: after < 0 ? read.ids.length : after };
}

/** Where a selection can be, more than once: how often it stands in a text. */
export function countOf(text: string, selection: string): number {
  return selection === '' ? 0 : text.split(selection).length - 1;
}
