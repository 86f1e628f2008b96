/**
 * Texts without a place to cut: a megabyte each, and how many times as long two take (2 is linear). The reference is
 * native tokenizers on the default model's vocabulary; tiktoken's own time grows with the square. Prints a table in Markdown.
 */
import { seededRandom } from '../../test/support/nasty-text';
import { machine } from '../machine';
import { markdownTable } from '../markdown';
import { report } from '../report';
import { withUserDefinedPrefixes } from './added-tokens';
import { verdict } from './aims';
import { fastest } from './fastest';
import { type Count, LIBRARIES, MODEL, ours, reference } from './libraries';

const RUNS = 5;
/** Of a megabyte, in milliseconds; and how many times as long two of them may take. */
const MOST = 2000;
const MOST_TIMES = 2.5;

const PREFIXES = 3000;

const MEGABYTE = 1_000_000;
const random = seededRandom(1);

const TEXTS: Record<string, (length: number) => string> = {
  'one letter': (length) => 'a'.repeat(length),
  spaces: (length) => ' '.repeat(length),
  newlines: (length) => '\n'.repeat(length),
  '^': (length) => '^'.repeat(length),
  digits: (length) => '7'.repeat(length),
  CJK: (length) => '漢'.repeat(length / 3),
  'random letters': (length) => Array.from({ length }, () => letter(random())).join(''),
};

function letter(value: number): string {
  return String.fromCharCode(97 + Math.floor(26 * value));
}

const native = reference(MODEL);
const rows = [['vocabulary', 'text', '1 MB', '2 MB take', 'native tokenizers take', 'aim']];
for (const vocabulary of ['gpt2', 'cl100k_base', 'o200k_base', MODEL]) {
  const count = await ours(vocabulary);
  const peer = vocabulary === MODEL ? native : undefined;
  for (const [name, make] of Object.entries(TEXTS)) rows.push(await compare(vocabulary, count, name, make, peer));
}
const prefixes = withUserDefinedPrefixes(PREFIXES);
rows.push(await compare(`${PREFIXES} prefixes`, prefixes, 'one letter', (length) => 'a'.repeat(length)));
report('linear', markdownTable([':-', ':-', '-:', '-:', '-:', ':-'], rows), machine(...LIBRARIES));

async function compare(
  vocabulary: string,
  count: Count,
  name: string,
  make: (length: number) => string,
  peer?: Count,
): Promise<string[]> {
  console.error(`${vocabulary}, ${name}`);
  const text = make(MEGABYTE);
  const twice = make(2 * MEGABYTE);
  const one = await fastest(RUNS, () => count(text));
  const times = (await fastest(RUNS, () => count(twice))) / one;
  const ratio = peer ? `${((await fastest(RUNS, () => peer(text))) / one).toFixed(1)} times as long` : '';
  return [
    vocabulary,
    name,
    `${one.toFixed(0)} ms`,
    `${times.toFixed(2)} times as long`,
    ratio,
    verdict(one < MOST && times <= MOST_TIMES, `under ${MOST} ms, at most ${MOST_TIMES} times`),
  ];
}
