/** The first token of a vocabulary in a fresh process, over the same with the vocabulary's own library. */
import { execFileSync } from 'node:child_process';
import { verdict } from './aims';
import { MODEL, ours, reference } from './libraries';

const REPEATS = 5;
/** In milliseconds. */
const MOST = 150;

const [script = '', library, vocabulary = ''] = process.argv.slice(1);
if (library === undefined) compareAll();
else console.log(await firstToken(library, vocabulary));

function compareAll(): void {
  console.log('vocabulary    first token, ms   reference, ms   ratio');
  for (const vocabulary of ['gpt2', 'cl100k_base', 'o200k_base', MODEL]) {
    const own = fastest('ours', vocabulary);
    const other = fastest('reference', vocabulary);
    const ratio = (other / own).toFixed(1);
    const aim = verdict(own < MOST, `under ${MOST} ms`);
    console.log(vocabulary.padEnd(13), own.toFixed(0).padEnd(17), other.toFixed(0).padEnd(15), ratio.padEnd(7), aim);
  }
}

function fastest(library: string, vocabulary: string): number {
  const run = () => Number(execFileSync(process.execPath, [script, library, vocabulary], { encoding: 'utf8' }));
  return Math.min(...Array.from({ length: REPEATS }, run));
}

async function firstToken(library: string, vocabulary: string): Promise<number> {
  const start = performance.now();
  const count = library === 'ours' ? await ours(vocabulary) : reference(vocabulary);
  await count('Hello');
  return performance.now() - start;
}
