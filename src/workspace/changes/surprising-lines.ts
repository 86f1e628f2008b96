import type { ChangedLineToken } from '../../shared/workspace-api';
import { surpriseOf } from './token-changes';

/** Of a list of lines. */
const MOST_LINES = 5;

/** Of each line its most surprising token, the most surprising first. */
export function surprisingLines(tokens: readonly ChangedLineToken[]): ChangedLineToken[] {
  const ofLine = new Map<number, ChangedLineToken>();
  for (const token of tokens) {
    const other = ofLine.get(token.line);
    if (!other || surpriseOf(other) < surpriseOf(token)) ofLine.set(token.line, token);
  }
  return [...ofLine.values()].sort((a, b) => surpriseOf(b) - surpriseOf(a)).slice(0, MOST_LINES);
}
