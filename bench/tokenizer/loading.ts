/**
 * The first token of a vocabulary in a fresh process, over the same with the vocabulary's own library; and vocabularies
 * with many control tokens, where twice as many may take about twice as long (2 is linear). Prints a table in Markdown.
 */
import { execFileSync } from 'node:child_process';
import { machine } from '../machine';
import { markdownTable } from '../markdown';
import { report } from '../report';
import { withControlTokens } from './added-tokens';
import { verdict } from './aims';
import { fastest } from './fastest';
import { LIBRARIES, MODEL, ours, reference } from './libraries';

const REPEATS = 5;
/** In milliseconds. */
const MOST = 150;
const CONTROL_TOKENS = 100_000;
const MOST_TIMES = 2.5;

const [script = '', library, vocabulary = ''] = process.argv.slice(1);
if (library === 'ours' || library === 'reference') console.log(await firstToken(library, vocabulary));
else report('loading', compareAll(), await compareSizes(), machine(...LIBRARIES));

function compareAll(): string {
  const rows = ['gpt2', 'cl100k_base', 'o200k_base', MODEL].map((vocabulary) => {
    console.error(vocabulary);
    const own = fastestProcess('ours', vocabulary);
    const other = fastestProcess('reference', vocabulary);
    const aim = verdict(own < MOST, `under ${MOST} ms`);
    return [vocabulary, `${own.toFixed(0)} ms`, `${other.toFixed(0)} ms`, (other / own).toFixed(1), aim];
  });
  const headings = ['vocabulary', 'first token', 'reference', 'times as fast', 'aim'];
  return markdownTable([':-', '-:', '-:', '-:', ':-'], [headings, ...rows]);
}

function fastestProcess(library: string, vocabulary: string): number {
  const run = () => Number(execFileSync(process.execPath, [script, library, vocabulary], { encoding: 'utf8' }));
  return Math.min(...Array.from({ length: REPEATS }, run));
}

async function compareSizes(): Promise<string> {
  const half = await fastest(REPEATS, () => withControlTokens(CONTROL_TOKENS / 2)('a'));
  const whole = await fastest(REPEATS, () => withControlTokens(CONTROL_TOKENS)('a'));
  const times = whole / half;
  const aim = verdict(times <= MOST_TIMES, `at most ${MOST_TIMES} times`);
  const count = CONTROL_TOKENS.toLocaleString('en');
  return `A vocabulary with ${count} control tokens takes ${whole.toFixed(0)} ms, ${times.toFixed(2)} times as long as one with half of them; ${aim}.`;
}

async function firstToken(library: string, vocabulary: string): Promise<number> {
  const start = performance.now();
  const count = library === 'ours' ? await ours(vocabulary) : reference(vocabulary);
  await count('Hello');
  return performance.now() - start;
}
