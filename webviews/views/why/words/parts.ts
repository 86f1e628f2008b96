import type { Subject, SymbolSpan } from '../../../../src/shared/inspector-api';
import { type Run, subjectTokens } from '../../../kit/subject-tokens';
import { subjectRuns } from '../../../kit/subject-words';

/** What a text is taken apart into, from coarse to fine. */
export const LEVELS = ['symbol', 'line', 'word', 'token'] as const;
export type Level = (typeof LEVELS)[number];

/** A part of a text that can be taken away: positions [from, to). */
export interface TextPart extends Run {
  level: Level;
  /** A line's number, counted from 1; what a symbol is called, and its kind. */
  name: string;
}

/** A text in fewer lines is taken apart into words at once. */
const ENOUGH_LINES = 3;

/** The parts of one level that have tokens in a range, in order, each cut to the range. Those of a level cover it but for symbols. */
export function partsOf(level: Level, subject: Subject, within: Run, symbols: readonly SymbolSpan[] = []): TextPart[] {
  return allParts(level, subject, symbols)
    .map((part) => ({ ...part, from: Math.max(part.from, within.from), to: Math.min(part.to, within.to) }))
    .filter(({ from, to }) => from < to);
}

/** The level that a text is best taken apart into at first. */
export function firstLevel(subject: Subject, within: Run): Level {
  return partsOf('line', subject, within).length >= ENOUGH_LINES ? 'line' : 'word';
}

/** What a part is taken apart into; nothing where it is one token. */
export function partsIn(part: TextPart, subject: Subject): TextPart[] {
  for (const level of LEVELS.slice(LEVELS.indexOf(part.level) + 1)) {
    const parts = partsOf(level, subject, part);
    if (parts.length > 1) return parts;
  }
  return [];
}

function allParts(level: Level, subject: Subject, symbols: readonly SymbolSpan[]): TextPart[] {
  switch (level) {
    case 'symbol':
      return symbols.map(({ name, kind, start, end }) => ({
        level,
        name: `${kind} ${name}`,
        ...runOf(subject, start, end),
      }));
    case 'line':
      return lines(subject);
    case 'word':
      return subjectRuns(subject).map(({ first, last }) => ({ level, name: '', from: first, to: last + 1 }));
    case 'token':
      return subjectTokens(subject).map((_, position) => ({ level, name: '', from: position, to: position + 1 }));
  }
}

/** Each line with the tokens that begin in it; lines in which none begins are left out, and so are those of white space alone. */
function lines(subject: Subject): TextPart[] {
  const parts: TextPart[] = [];
  const { starts = new Uint32Array() } = subject.read ?? {};
  let position = 0;
  let start = 0;
  for (const [index, line] of subject.text.split('\n').entries()) {
    const from = position;
    start += line.length + 1;
    while (position < starts.length && (starts[position] ?? 0) < start) position++;
    const isBlank = line.trim() === '';
    if (position > from && !isBlank) parts.push({ level: 'line', name: `${index + 1}`, from, to: position });
  }
  return parts;
}

/** The tokens that touch a part of the text. */
function runOf({ read }: Subject, start: number, end: number): Run {
  const { starts = new Uint32Array(), ends = new Uint32Array() } = read ?? {};
  const from = ends.findIndex((tokenEnd, i) => tokenEnd > start && (starts[i] ?? 0) < end);
  const after = starts.findIndex((tokenStart, i) => i > from && tokenStart >= end);
  return from < 0 ? { from: 0, to: 0 } : { from, to: after < 0 ? starts.length : after };
}

/** What stands in a part, on one line. */
export function partText(subject: Subject, { from, to }: Run): string {
  const { starts, ends } = subject.read ?? {};
  return subject.text.slice(starts?.[from], ends?.[to - 1]);
}
