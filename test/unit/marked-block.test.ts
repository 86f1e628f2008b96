import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withBlock } from '../../bench/marked-block';

const DOCUMENT = `# Speed

By hand.

<!-- bench:engine -->

old

<!-- /bench -->

Between.

<!-- bench:editor -->
older
<!-- /bench -->

After.
`;

describe('the block of a benchmark', () => {
  it('takes what was measured now, and nothing around it changes', () => {
    const written = withBlock(DOCUMENT, 'engine', '| a | $& |\n');
    expect(written).toBe(DOCUMENT.replace('\nold\n', () => '\n| a | $& |\n'));
    // Again, it is the same.
    expect(withBlock(written, 'engine', '| a | $& |')).toBe(written);
    expect(withBlock(DOCUMENT, 'editor', 'new')).toBe(DOCUMENT.replace('\nolder\n', '\n\nnew\n\n'));
  });

  it('has to be there, and to end before the next begins', () => {
    expect(() => withBlock(DOCUMENT, 'memory', 'new')).toThrow('no block <!-- bench:memory -->');
    const open = DOCUMENT.replace('<!-- /bench -->', '');
    expect(() => withBlock(open, 'engine', 'new')).toThrow('<!-- bench:engine --> has no end');
  });

  it('is there for each benchmark that writes one', () => {
    const runner = readFileSync('bench/write.mjs', 'utf8');
    const names = [...runner.matchAll(/\['([\w-]+\/[\w-]+)'/g)].map(([, name]) => name);
    const sources = [...new Set(names)].map((name) => readFileSync(`bench/${name}.ts`, 'utf8'));
    const reports = sources.map((source) => source.slice(source.search(/\breport\(/)));
    const blocks = reports.flatMap((call) => [...call.slice(0, call.indexOf(',')).matchAll(/'([\w-]+)'/g)]);
    const performance = readFileSync('docs/performance.md', 'utf8');
    const written = blocks.reduce((document, [, block = '']) => withBlock(document, block, 'new'), performance);
    expect(blocks.length).toBeGreaterThan(0);
    expect(written.match(/<!-- bench:[\w-]+ -->\n\nnew\n/g)).toHaveLength(performance.split('<!-- bench:').length - 1);
  });
});
