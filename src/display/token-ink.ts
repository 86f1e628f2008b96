import type { SurprisingToken } from '../shared/workspace-api';

/**
 * Where in its line a token has what can be seen of it: not the blanks at its ends, among them the line break before an
 * indentation. Of a token of nothing else, all of it.
 */
export function inkOf({ start, end, text }: Pick<SurprisingToken, 'start' | 'end' | 'text'>): {
  start: number;
  end: number;
} {
  const before = text.length - text.trimStart().length;
  if (before === text.length) return { start, end };
  // Where a token begins in the line before its own, its place in this one is 0.
  const inLine = before - (text.slice(0, before).lastIndexOf('\n') + 1);
  return { start: start + inLine, end: end - (text.length - text.trimEnd().length) };
}
