/**
 * Runs the benchmarks one after another, and writes what each measures into its block of docs/performance.md:
 * `npm run -s bench:write`, or some of them by name: `npm run -s bench:write -- tokenizer/linear webviews/main`.
 */
import { spawnSync } from 'node:child_process';

/** Each with its options. */
const BENCHES = [
  ['engine/main'],
  ['engine/changes'],
  ['engine/resident'],
  ['engine/slider'],
  ['engine/part-times'],
  ['engine/two-models'],
  ['larger/main'],
  ['tokenizer/throughput'],
  ['tokenizer/linear'],
  ['tokenizer/loading'],
  ['tokenizer/editing'],
  ['editor/main'],
  ['editor/long-line'],
  ['editor/long-line', '--wrap'],
  ['webviews/main'],
  ['webviews/attention'],
  ['datasets/main'],
  ['datasets/filters'],
  ['datasets/funnel'],
  ['datasets/min-hash'],
  ['datasets/sources'],
  ['workspace/main'],
  // With VITRINE_VLLM=http://127.0.0.1:PORT also against a vLLM that serves the default model.
  ['remote/main'],
  // Of a list of commits that is not in the repository.
  ['fix-commits/main', 'commits.json'],
  // Of clones that are not either.
  ['reviews/main', 'got', 'v15.0.1..v15.0.5', 'scrapy', '2.12.0~8..2.12.0', 'click', '8.3.2..8.3.3'],
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !BENCHES.some(([known]) => known === name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}.`);
  process.exit(2);
}
for (const bench of BENCHES) if (wanted.length === 0 || wanted.includes(bench[0])) write(bench);

/** One that fails leaves its block as it was, and the others are run all the same. */
function write(bench) {
  console.error(`\n${bench.join(' ')}`);
  // The one that measures memory wants its garbage collected.
  const { status } = spawnSync(process.execPath, ['--expose-gc', 'bench/run.mjs', ...bench, '--write'], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
