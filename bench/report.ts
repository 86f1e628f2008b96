import { readFileSync, writeFileSync } from 'node:fs';
import { withBlock } from './marked-block';

const DOCUMENT = 'docs/performance.md';

/**
 * Prints what was measured, in Markdown. With `--write` it also takes the place of what a block of docs/performance.md said
 * before.
 */
export function report(block: string, ...paragraphs: readonly string[]): void {
  const markdown = paragraphs.join('\n\n');
  console.log(markdown);
  if (!process.argv.includes('--write')) return;
  writeFileSync(DOCUMENT, withBlock(readFileSync(DOCUMENT, 'utf8'), block, markdown));
  console.error(`Written into ${DOCUMENT}: ${block}`);
}
