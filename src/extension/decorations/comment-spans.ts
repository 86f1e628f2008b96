import type { Span } from '../../shared/tokens';

/** How a language marks its comments. */
export interface CommentMarks {
  line: string | undefined;
  block: readonly [start: string, end: string] | undefined;
}

const STRING = /"""|'''|["'`]/y;

/**
 * The comments of a text, in UTF-16 units and in order. A mark inside quotes is none; quotes are those that most languages
 * share, and one that is not closed in its line is an apostrophe. That is a guess, and no parser: of a text in quotes over
 * several lines only triple quotes are known.
 */
export function commentSpans(text: string, { line, block }: CommentMarks): Span[] {
  const spans: Span[] = [];
  for (let at = 0; at < text.length; ) {
    if (line && text.startsWith(line, at)) {
      const end = endOr(text.indexOf('\n', at), text);
      spans.push({ start: at, end });
      at = end;
    } else if (block && text.startsWith(block[0], at)) {
      const close = text.indexOf(block[1], at + block[0].length);
      const end = close < 0 ? text.length : close + block[1].length;
      spans.push({ start: at, end });
      at = end;
    } else at = afterString(text, at);
  }
  return spans;
}

/** The end of a text in quotes that begins there, or else the next character. */
function afterString(text: string, at: number): number {
  STRING.lastIndex = at;
  const quote = STRING.exec(text)?.[0];
  if (!quote) return at + 1;
  const lineEnd = quote.length > 1 ? text.length : endOr(text.indexOf('\n', at), text);
  for (let place = at + quote.length; place < lineEnd; place++) {
    if (text[place] === '\\') place++;
    else if (text.startsWith(quote, place)) return place + quote.length;
  }
  return at + quote.length;
}

const endOr = (found: number, text: string) => (found < 0 ? text.length : found);

const MARK = String.raw`"((?:[^"\\]|\\.)*)"`;
const LINE = new RegExp(String.raw`"lineComment"\s*:\s*(?:\{\s*"comment"\s*:\s*)?${MARK}`);
const BLOCK = new RegExp(String.raw`"blockComment"\s*:\s*\[\s*${MARK}\s*,\s*${MARK}`);

/** What a language configuration says of comments; it is JSON that may itself have comments. */
export function commentMarks(configuration: string): CommentMarks {
  const [, line] = LINE.exec(configuration) ?? [];
  const [, start, end] = BLOCK.exec(configuration) ?? [];
  return {
    line: line ? unescaped(line) : undefined,
    block: start && end ? [unescaped(start), unescaped(end)] : undefined,
  };
}

const unescaped = (inQuotes: string) => JSON.parse(`"${inQuotes}"`) as string;
