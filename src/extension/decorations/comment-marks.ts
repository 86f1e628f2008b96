import type { PartSyntax } from '../../workspace/languages/syntax';

/** How a language marks its comments. */
export interface CommentMarks {
  line: string | undefined;
  block: readonly [start: string, end: string] | undefined;
}

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

/** Quotes that most languages share. One that is not closed in its line is an apostrophe. */
const STRING = /"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\[^\n]|[^"\\\n])*"|'(?:\\[^\n]|[^'\\\n])*'|`(?:\\[^\n]|[^`\\\n])*`/;

/** As much of a language's syntax as its marks tell. */
export function syntaxOfMarks({ line, block }: CommentMarks): PartSyntax {
  // A block may begin as a line does, as in Lua.
  const comments = [
    ...(block ? [String.raw`${literal(block[0])}[\s\S]*?(?:${literal(block[1])}|$(?![\s\S]))`] : []),
    ...(line ? [String.raw`${literal(line)}[^\n]*`] : []),
  ];
  return { comment: new RegExp(comments.join('|') || '(?!)'), string: STRING };
}

const literal = (mark: string) => mark.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);

const unescaped = (inQuotes: string) => JSON.parse(`"${inQuotes}"`) as string;
