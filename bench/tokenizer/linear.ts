/**
 * Texts without a place to cut: a megabyte each, and how many times as long two take (2 is linear). The reference is
 * native tokenizers on the default model's vocabulary; tiktoken's own time grows with the square.
 */
import { seededRandom } from '../../test/support/nasty-text';
import { withUserDefinedPrefixes } from './added-tokens';
import { verdict } from './aims';
import { fastest } from './fastest';
import { type Count, MODEL, ours, reference } from './libraries';

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
console.log('vocabulary     text             1 MB, ms   2 MB / 1 MB   native / ours');
for (const vocabulary of ['gpt2', 'cl100k_base', 'o200k_base', MODEL]) {
  const count = await ours(vocabulary);
  const peer = vocabulary === MODEL ? native : undefined;
  for (const [name, make] of Object.entries(TEXTS)) await compare(vocabulary, count, name, make, peer);
}
await compare(`${PREFIXES} prefixes`, withUserDefinedPrefixes(PREFIXES), 'one letter', (length) => 'a'.repeat(length));

async function compare(
  vocabulary: string,
  count: Count,
  name: string,
  make: (length: number) => string,
  peer?: Count,
): Promise<void> {
  const text = make(MEGABYTE);
  const twice = make(2 * MEGABYTE);
  const one = await fastest(RUNS, () => count(text));
  const times = (await fastest(RUNS, () => count(twice))) / one;
  const ratio = peer ? ((await fastest(RUNS, () => peer(text))) / one).toFixed(1) : '';
  console.log(
    vocabulary.padEnd(14),
    name.padEnd(16),
    one.toFixed(0).padEnd(10),
    times.toFixed(2).padEnd(13),
    ratio.padEnd(15),
    verdict(one < MOST && times <= MOST_TIMES, `under ${MOST} ms, at most ${MOST_TIMES} times`),
  );
}
