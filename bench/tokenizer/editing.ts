/**
 * Edits of a document of 10 MB: the time of one, over the time that encoding the whole text again would take; and the
 * memory that the document holds. Prints a table in Markdown. Of every step and every edit the fastest of several documents counts: what else the
 * machine does is not the tokenizer's.
 */

import { atOnce, createTokenizer, loadTiktoken, TokenizedDocument, type Tokenizer } from '../../src/tokenizer';
import { seededRandom } from '../../test/support/nasty-text';
import { defaultVocabulary } from '../../test/support/vocabularies';
import { machine } from '../machine';
import { markdownTable } from '../markdown';
import { report } from '../report';
import { verdict } from './aims';
import { readCorpus } from './corpora';

const DOCUMENTS = 3;
const EDITS = 2000;
/** Of an edit, in milliseconds, and of the document, in megabytes. */
const MOST_TIME = 1;
const MOST_MEMORY = 100;
const TYPED = ['a', ' ', '\n', 'const x = 1;\n', '', '7', '漢', '"'];

function percentile(sorted: number[], share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}

/** Megabytes in use. What one collection frees of arrays is counted as free only by the next. */
function memory(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

/** Milliseconds of each of the steps in which a document is encoded. */
function timesOfSteps(document: TokenizedDocument): number[] {
  const times: number[] = [];
  const settling = document.settle();
  for (let start = performance.now(); !settling.next().done; start = performance.now()) {
    times.push(performance.now() - start);
  }
  return times;
}

/** Milliseconds of each of the edits, which are the same every time. */
function timesOfEdits(document: TokenizedDocument): number[] {
  const random = seededRandom(2);
  return Array.from({ length: EDITS }, (_, i) => {
    const at = Math.floor(random() * (document.length - 10));
    const end = at + (random() < 0.5 ? 0 : 3);
    const start = performance.now();
    document.edit(at, end, TYPED[i % TYPED.length] ?? '');
    atOnce(document.settle());
    return performance.now() - start;
  });
}

function fastestOf(times: readonly number[][]): number[] {
  return (times[0] ?? []).map((_, i) => Math.min(...times.map((one) => one[i] ?? 0)));
}

function measure(name: string, tokenizer: Tokenizer, text: string): string[] {
  console.error(name);
  const steps: number[][] = [];
  const edits: number[][] = [];
  let held = 0;
  for (let i = 0; i < DOCUMENTS; i++) {
    const before = memory();
    const document = new TokenizedDocument(tokenizer, text);
    steps.push(timesOfSteps(document));
    held = Math.max(held, memory() - before);
    edits.push(timesOfEdits(document));
  }
  const stepTimes = fastestOf(steps);
  const editTimes = fastestOf(edits).sort((a, b) => a - b);
  const whole = stepTimes.reduce((sum, time) => sum + time);
  const median = percentile(editTimes, 0.5);
  const p99 = percentile(editTimes, 0.99);
  return [
    name,
    `${whole.toFixed(0)} ms in steps of at most ${Math.max(...stepTimes).toFixed(1)} ms`,
    `${median.toFixed(3)} ms (99th percentile ${p99.toFixed(3)} ms)`,
    verdict(p99 < MOST_TIME, `both under ${MOST_TIME} ms`),
    `${held.toFixed(0)} MB${globalThis.gc ? '' : ' and garbage (node --expose-gc collects that)'}`,
    verdict(held < MOST_MEMORY, `under ${MOST_MEMORY} MB`),
  ];
}

const text = `${readCorpus('TypeScript')}\n${readCorpus('English')}\n${readCorpus('JSON')}\n`
  .repeat(4)
  .slice(0, 10_000_000);
const rows = [
  ['vocabulary', 'the whole', 'an edit', 'aim', 'memory', 'aim'],
  measure('cl100k_base', await loadTiktoken('cl100k_base'), text),
  measure('o200k_base', await loadTiktoken('o200k_base'), text),
  measure('SmolLM2', createTokenizer(defaultVocabulary()), text),
];
report('editing', markdownTable([':-', '-:', '-:', ':-', '-:', ':-'], rows), machine());
