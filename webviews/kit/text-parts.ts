import type { Subject, SymbolSpan } from '../../src/shared/inspector-api';
import type { Span } from '../../src/shared/tokens';
import type { Run } from './subject-tokens';

/** A part of the text whose numbers are summed. */
export interface TextPart {
  name: string;
  /** A line's number, or what kind of symbol it is. */
  note: string;
  /** Nesting, 0 outermost. */
  depth: number;
  run: Run;
}

/** Each line with the tokens that begin in it, so that lines add up to the whole; lines without any are left out. */
export function lineParts({ text, read, shown }: Subject): TextPart[] {
  if (!read) return [];
  const parts: TextPart[] = [];
  let position = 0;
  let start = 0;
  for (const [index, line] of text.split('\n').entries()) {
    const from = position;
    const end = start + line.length + 1;
    while (position < read.ids.length && (read.starts[position] ?? 0) < end) position++;
    const isShown = shown.some((span) => span.start < end && span.end > start);
    if (position > from && isShown) {
      parts.push({ name: line.trim() || '⏎', note: `${index + 1}`, depth: 0, run: { from, to: position } });
    }
    start = end;
  }
  return parts;
}

/** Functions, classes and the like that the model has read; a token on an edge belongs to both sides. */
export function symbolParts(subject: Subject, symbols: readonly SymbolSpan[]): TextPart[] {
  return symbols
    .map(({ name, kind, depth, ...span }) => ({ name, note: kind, depth, run: runIn(subject, span) }))
    .filter(({ run }) => run.to > run.from);
}

/** The tokens that touch a part of the text. */
function runIn({ read }: Subject, { start, end }: Span): Run {
  if (!read) return { from: 0, to: 0 };
  const from = read.ends.findIndex((tokenEnd, i) => tokenEnd > start && (read.starts[i] ?? 0) < end);
  if (from < 0) return { from: 0, to: 0 };
  const after = read.starts.findIndex((tokenStart, i) => i > from && tokenStart >= end);
  return { from, to: after < 0 ? read.ids.length : after };
}
