/**
 * Edits of a document of 10 MB: the time of one, over the time that encoding the whole text again would take; and the
 * memory that the document holds.
 */

import { atOnce, createTokenizer, loadTiktoken, TokenizedDocument, type Tokenizer } from '../../src/tokenizer';
import { seededRandom } from '../../test/support/nasty-text';
import { defaultVocabulary } from '../../test/support/vocabularies';
import { verdict } from './aims';
import { readCorpus } from './corpora';

const EDITS = 2000;
/** Of an edit, in milliseconds, and of the document, in megabytes. */
const MOST_TIME = 1;
const MOST_MEMORY = 100;
const TYPED = ['a', ' ', '\n', 'const x = 1;\n', '', '7', '漢', '"'];

function percentile(sorted: number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}

function memory(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

function measure(name: string, tokenizer: Tokenizer, text: string): void {
  const random = seededRandom(2);
  const before = memory();
  const document = new TokenizedDocument(tokenizer, text);
  const start = performance.now();
  const steps: number[] = [];
  for (let previous = start, settle = document.settle(), step = settle.next(); !step.done; step = settle.next()) {
    steps.push(performance.now() - previous);
    previous = performance.now();
  }
  const whole = performance.now() - start;
  const held = memory() - before;
  const times: number[] = [];
  for (let i = 0; i < EDITS; i++) {
    const at = Math.floor(random() * (document.length - 10));
    const end = at + (random() < 0.5 ? 0 : 3);
    const edit = performance.now();
    document.edit(at, end, TYPED[i % TYPED.length] ?? '');
    atOnce(document.settle());
    times.push(performance.now() - edit);
  }
  times.sort((a, b) => a - b);
  const median = percentile(times, 0.5);
  const p99 = percentile(times, 0.99);
  console.log(
    `${name}: whole ${whole.toFixed(0)} ms in steps of at most ${Math.max(...steps).toFixed(1)} ms\n` +
      `  an edit ${median.toFixed(3)} ms (p99 ${p99.toFixed(3)}), ${(whole / median).toFixed(0)} times less; ` +
      `${verdict(p99 < MOST_TIME, `both under ${MOST_TIME} ms`)}\n` +
      `  it holds ${held.toFixed(0)} MB${globalThis.gc ? '' : ' and garbage (node --expose-gc collects that)'}; ` +
      `${verdict(held < MOST_MEMORY, `under ${MOST_MEMORY} MB`)}`,
  );
}

const text = `${readCorpus('TypeScript')}\n${readCorpus('English')}\n${readCorpus('JSON')}\n`
  .repeat(4)
  .slice(0, 10_000_000);
measure('cl100k_base', await loadTiktoken('cl100k_base'), text);
measure('o200k_base', await loadTiktoken('o200k_base'), text);
measure('default model', createTokenizer(defaultVocabulary()), text);
