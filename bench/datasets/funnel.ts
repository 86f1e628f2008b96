/**
 * The funnel of filters from a file to a decision: FineWeb's rules with MinHash beside datatrove in the same run, by the time of
 * processors; then a million documents, what they take of memory, how soon another threshold decides, and how long the thread
 * that asks is kept waiting. Prints a table in Markdown, each number beside its aim.
 */
import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { finished } from 'node:stream/promises';
import { gunzipSync } from 'node:zlib';
import type { Funnel } from '../../src/datasets/funnel/funnel-api';
import { startFunnel } from '../../src/datasets/funnel/start-funnel';
import { PRESETS, thresholdsOf } from '../../src/datasets/presets';
import { findPython } from '../engine/python';
import { machine } from '../machine';
import { markdownTable } from '../markdown';
import { peakOf } from '../process';
import { report } from '../report';

const MILLION = 1_000_000;
/** Long enough that to start counts for little, and for datatrove the first of them: it would take hours for a million. */
const READ = 20_000;
const COMPARED = 2000;
/** Of a document that is compared, and of one of a million. */
const LONG = 12;
const SHORT = 2;
const MEGABYTE = 1e6;
const DECISIONS = 5;

/** The process that reads is another, whose memory is that of reading alone. */
const WRITE_INTO = '--write-into';
const [, program = '', option, writeInto] = process.argv;
if (option !== WRITE_INTO || writeInto === undefined) await compare();
else {
  await writeDocuments(join(writeInto, 'compared.jsonl'), COMPARED, LONG);
  await writeDocuments(join(writeInto, 'read.jsonl'), READ, LONG);
  await writeDocuments(join(writeInto, 'million.jsonl'), MILLION, SHORT);
}

async function compare(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
  try {
    execFileSync(process.execPath, [program, WRITE_INTO, folder]);
    const compared = join(folder, 'compared.jsonl');
    const peer = findPython(
      'import datatrove; from importlib.metadata import version; print("datatrove", version("datatrove"))',
    );
    const theirs: number = peer
      ? JSON.parse(execFileSync(peer.python, ['bench/peers/funnel.py', compared], { encoding: 'utf8' })).seconds
      : Number.NaN;
    const numbers = join(folder, 'numbers');
    const own = await readThrough(join(folder, 'read.jsonl'), numbers);
    const large = await readThrough(join(folder, 'million.jsonl'), numbers);
    const rate = (bytes: number, seconds: number) => `${(bytes / MEGABYTE / seconds).toFixed(1)} MB/s`;
    const rows = [
      ['', 'Vitrine', 'datatrove', 'aim'],
      [
        'All rules of FineWeb with MinHash, a second of a processor (datatrove without the language)',
        rate(own.bytes, own.seconds),
        peer ? rate(statSync(compared).size, theirs) : '–',
        '5 MB/s',
      ],
      [
        `The same of ${large.documents.toLocaleString('en')} documents, ${(large.bytes / MEGABYTE).toFixed(0)} MB`,
        rate(large.bytes, large.seconds),
        '',
        '5 MB/s',
      ],
      ['Peak memory of the process that reads them', `${(large.peak / MEGABYTE).toFixed(0)} MB`, '', '150 MB'],
      ['Another threshold decides of them, median', `${large.decide.toFixed(0)} ms`, '', ''],
      ['The same file opened again', `${large.reopen.toFixed(1)} s`, '', ''],
      ['The longest that the thread which asks was kept waiting', `${large.delay.toFixed(0)} ms`, '', ''],
    ];
    report('funnel', markdownTable([':-', '-:', '-:', ':-'], rows), machine(...(peer ? [peer.versions] : [])));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Sentences of the fixture's documents in other orders, so that few are nearly the same. */
async function writeDocuments(path: string, count: number, sentencesEach: number): Promise<void> {
  const lines = gunzipSync(readFileSync('test/fixtures/datatrove/documents.jsonl.gz')).toString().trimEnd().split('\n');
  const sentences = lines.flatMap((line) => (JSON.parse(line).text as string).split(/(?<=[.!?]\s)/));
  const stream = createWriteStream(path);
  let seed = 1;
  const next = () => {
    // Numerical Recipes' generator.
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed % sentences.length;
  };
  for (let i = 0; i < count; i++) {
    const text = Array.from({ length: sentencesEach }, () => sentences[next()]).join('');
    if (!stream.write(`${JSON.stringify({ text })}\n`))
      await new Promise<void>((done) => stream.once('drain', () => done()));
  }
  stream.end();
  await finished(stream);
}

/** @param numbers a folder for what is measured */
async function readThrough(path: string, numbers: string) {
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  const [preset] = PRESETS;
  if (!preset) throw new Error('There is no preset');
  const thresholds = thresholdsOf(preset.rules());
  const before = process.cpuUsage();
  const { funnel } = await open(path, preset.name, numbers);
  await funnel.read();
  const { user, system } = process.cpuUsage(before);
  const times: number[] = [];
  let documents = 0;
  for (let i = 0; i < DECISIONS; i++) {
    const start = performance.now();
    ({
      all: { documents },
    } = await funnel.decide({ ...thresholds, gopher_short_doc: 40 + i }));
    times.push(performance.now() - start);
  }
  await funnel.close();
  const { funnel: again, seconds: reopen } = await open(path, preset.name, numbers);
  await again.close();
  const decide = times.sort((a, b) => a - b)[Math.floor(DECISIONS / 2)] ?? Number.NaN;
  const delay = delays.max / 1e6;
  return {
    bytes: statSync(path).size,
    documents,
    seconds: (user + system) / 1e6,
    decide,
    reopen,
    delay,
    peak: peakOf(process.pid),
  };
}

async function open(path: string, preset: string, numbers: string): Promise<{ funnel: Funnel; seconds: number }> {
  const start = performance.now();
  const funnel = startFunnel({ progress: () => {} });
  await funnel.open({ path, preset, questions: undefined, folder: numbers });
  return { funnel, seconds: (performance.now() - start) / 1000 };
}
