/**
 * Whole files of a megabyte: our throughput over that of the vocabulary's own library, on the first run of a fresh
 * process and on the fifth. Both encode the same text; the counts have to agree. Prints a table in Markdown.
 */
import { execFileSync } from 'node:child_process';
import { machine } from '../machine';
import { markdownTable } from '../markdown';
import { report } from '../report';
import { verdict } from './aims';
import { availableCorpora, readCorpus } from './corpora';
import { LIBRARIES, MODEL, ours, reference } from './libraries';

const PROCESSES = 3;
const RUNS = 5;
/** How many times the reference's throughput, on the first run and on the fifth. */
const FIRST_TIMES = 2.5;
const FIFTH_TIMES = 4;

interface Timing {
  tokens: number;
  /** Milliseconds a run. */
  runs: number[];
}

const [script = '', library, vocabulary = '', corpus = ''] = process.argv.slice(1);
if (library === 'ours' || library === 'reference') {
  console.log(JSON.stringify(await measure(library, vocabulary, corpus)));
} else compareAll();

function compareAll(): void {
  const corpora = availableCorpora();
  const rows = ['cl100k_base', 'o200k_base', MODEL].flatMap((vocabulary) =>
    corpora.map((corpus) => compare(vocabulary, corpus)),
  );
  const headings = ['vocabulary', 'text', 'MB/s, first and fifth', 'reference', 'times as fast', 'aim'];
  report('throughput', markdownTable([':-', ':-', '-:', '-:', '-:', ':-'], [headings, ...rows]), machine(...LIBRARIES));
}

function compare(vocabulary: string, corpus: string): string[] {
  console.error(`${vocabulary}, ${corpus}`);
  const own = runFresh('ours', vocabulary, corpus);
  const other = runFresh('reference', vocabulary, corpus);
  if (own.tokens !== other.tokens)
    throw new Error(`${vocabulary}, ${corpus}: ${own.tokens} tokens, not ${other.tokens}.`);
  const megabytes = Buffer.byteLength(readCorpus(corpus)) / 1e6;
  const speeds = [own, other].flatMap(({ runs }) => [runs[0], runs[RUNS - 1]].map((ms = 0) => (1000 * megabytes) / ms));
  const [first = 0, fifth = 0, otherFirst = 0, otherFifth = 0] = speeds;
  const times = { first: first / otherFirst, fifth: fifth / otherFifth };
  const both = (one: number, other: number) => `${one.toFixed(1)}, ${other.toFixed(1)}`;
  return [
    vocabulary,
    corpus,
    both(first, fifth),
    both(otherFirst, otherFifth),
    both(times.first, times.fifth),
    verdict(times.first >= FIRST_TIMES && times.fifth >= FIFTH_TIMES, `at least ${FIRST_TIMES}, ${FIFTH_TIMES}`),
  ];
}

/** The fastest of several fresh processes, run by run: what else the machine does is not the library's. */
function runFresh(library: string, vocabulary: string, corpus: string): Timing {
  const timings = Array.from({ length: PROCESSES }, (): Timing => {
    return JSON.parse(execFileSync(process.execPath, [script, library, vocabulary, corpus], { encoding: 'utf8' }));
  });
  const runs = Array.from({ length: RUNS }, (_, run) => Math.min(...timings.map((timing) => timing.runs[run] ?? 0)));
  return { tokens: timings[0]?.tokens ?? 0, runs };
}

async function measure(library: string, vocabulary: string, corpus: string): Promise<Timing> {
  const text = readCorpus(corpus);
  const count = library === 'ours' ? await ours(vocabulary) : reference(vocabulary);
  const runs: number[] = [];
  let tokens = 0;
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now();
    tokens = await count(text);
    runs.push(performance.now() - start);
  }
  return { tokens, runs };
}
