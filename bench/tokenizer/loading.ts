/**
 * The first token of a vocabulary in a fresh process, over the same with the vocabulary's own library; and vocabularies
 * with many control tokens, where twice as many may take about twice as long (2 is linear).
 */
import { execFileSync } from 'node:child_process';
import { withControlTokens } from './added-tokens';
import { verdict } from './aims';
import { fastest } from './fastest';
import { MODEL, ours, reference } from './libraries';

const REPEATS = 5;
/** In milliseconds. */
const MOST = 150;
const CONTROL_TOKENS = 100_000;
const MOST_TIMES = 2.5;

const [script = '', library, vocabulary = ''] = process.argv.slice(1);
if (library === undefined) {
  compareAll();
  await compareSizes();
} else console.log(await firstToken(library, vocabulary));

function compareAll(): void {
  console.log('vocabulary    first token, ms   reference, ms   ratio');
  for (const vocabulary of ['gpt2', 'cl100k_base', 'o200k_base', MODEL]) {
    const own = fastestProcess('ours', vocabulary);
    const other = fastestProcess('reference', vocabulary);
    const ratio = (other / own).toFixed(1);
    const aim = verdict(own < MOST, `under ${MOST} ms`);
    console.log(vocabulary.padEnd(13), own.toFixed(0).padEnd(17), other.toFixed(0).padEnd(15), ratio.padEnd(7), aim);
  }
}

function fastestProcess(library: string, vocabulary: string): number {
  const run = () => Number(execFileSync(process.execPath, [script, library, vocabulary], { encoding: 'utf8' }));
  return Math.min(...Array.from({ length: REPEATS }, run));
}

async function compareSizes(): Promise<void> {
  const half = await fastest(REPEATS, () => withControlTokens(CONTROL_TOKENS / 2)('a'));
  const whole = await fastest(REPEATS, () => withControlTokens(CONTROL_TOKENS)('a'));
  const times = whole / half;
  const aim = verdict(times <= MOST_TIMES, `at most ${MOST_TIMES} times`);
  console.log(
    `\n${CONTROL_TOKENS} control tokens: ${whole.toFixed(0)} ms, ${times.toFixed(2)} times half as many; ${aim}`,
  );
}

async function firstToken(library: string, vocabulary: string): Promise<number> {
  const start = performance.now();
  const count = library === 'ours' ? await ours(vocabulary) : reference(vocabulary);
  await count('Hello');
  return performance.now() - start;
}
