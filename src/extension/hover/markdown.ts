/** From one line of a paragraph to the next (CommonMark 0.31, 6.7). */
export const LINE_BREAK = '  \n';

/** Text of one line as inline code. A fence longer than any in the text, and two blanks, which Markdown takes off again. */
export function inlineCode(line: string): string {
  const fence = fenceOver(line, 1);
  return `${fence} ${line} ${fence}`;
}

/** Lines as a block of code. */
export function codeBlock(lines: readonly string[]): string {
  const fence = fenceOver(lines.join('\n'), 3);
  return [`${fence}text`, ...lines, fence].join('\n');
}

/** More backticks than stand anywhere in the text (CommonMark 0.31, 4.5 and 6.1). */
function fenceOver(text: string, least: number): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
}
