/**
 * The document with other content in one of its blocks, which stands between two comments: `<!-- bench:NAME -->` and
 * `<!-- /bench -->`.
 */
export function withBlock(document: string, name: string, content: string): string {
  const opening = `<!-- bench:${name} -->\n`;
  const start = document.indexOf(opening);
  if (start < 0) throw new Error(`The document has no block ${opening.trim()}.`);
  const end = document.indexOf('<!-- /bench -->', start);
  const next = document.indexOf('<!-- bench:', start + opening.length);
  if (end < 0 || (next >= 0 && next < end)) throw new Error(`The block ${opening.trim()} has no end.`);
  return `${document.slice(0, start)}${opening}\n${content.trim()}\n\n${document.slice(end)}`;
}
