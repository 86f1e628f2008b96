import type { Tokenization } from '../../shared/tokens';
import { lineAt } from './line-starts';

/**
 * The line that each token is of: where its first letter stands. White space before a line's first letter is of that
 * line, also where the token begins with the line break before it; line breaks alone, and lines without a letter, are of
 * the line that they end.
 */
export function tokenLinesOf(
  text: string,
  starts: Uint32Array,
  tokens: Pick<Tokenization, 'starts' | 'ends'>,
): Uint32Array {
  const lines = new Uint32Array(tokens.starts.length);
  let latest = 0;
  for (let token = 0; token < lines.length; token++) {
    const [start, end] = [tokens.starts[token] as number, tokens.ends[token] as number];
    const letter = firstLetter(text, start, end);
    const place = letter ?? indentedLetter(text, start, end);
    if (place !== undefined) latest = lineAt(starts, place);
    lines[token] = latest;
  }
  return lines;
}

function firstLetter(text: string, start: number, end: number): number | undefined {
  for (let at = start; at < end; at++) if (!isSpace(text, at)) return at;
  return undefined;
}

/** The letter that a token of white space stands before, in the same line; not where the token ends with its line break. */
function indentedLetter(text: string, start: number, end: number): number | undefined {
  const lineStart = text.lastIndexOf('\n', end - 1) + 1;
  const isIndentation = lineStart < end && firstLetter(text, lineStart, start) === undefined;
  if (!isIndentation) return undefined;
  for (let at = end; at < text.length && text[at] !== '\n'; at++) if (!isSpace(text, at)) return at;
  return undefined;
}

const isSpace = (text: string, at: number) => /\s/.test(text[at] as string);
