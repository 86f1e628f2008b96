/**
 * A table in Markdown.
 *
 * @param alignment `:-` or `-:` for each column
 * @param rows the headings first
 */
export function markdownTable(
  alignment: readonly string[],
  [headings = [], ...rows]: readonly (readonly string[])[],
): string {
  return [headings, alignment, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
