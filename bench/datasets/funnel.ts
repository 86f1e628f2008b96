/**
 * The funnel of filters from a file to a decision: the rules of FineWeb, and with MinHash, on one core beside datatrove in the
 * same run; then a million documents, what they take of memory, how soon another threshold decides, and how long the thread
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
/** For datatrove, which would take hours for a million. */
const COMPARED = 5000;
const SENTENCES = 12;
const MEGABYTE = 1e6;
const DECISIONS = 5;

const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
try {
  const compared = join(folder, 'compared.jsonl');
  const million = join(folder, 'million.jsonl');
  await writeDocuments(compared, COMPARED);
  await writeDocuments(million, Number(process.env.FUNNEL_DOCUMENTS ?? MILLION));
  const peer = findPython('import datatrove; print("datatrove 0.10")');
  const theirs =
    peer && JSON.parse(execFileSync(peer.python, ['bench/peers/funnel.py', compared], { encoding: 'utf8' }));
  const own = await readThrough(compared);
  const large = await readThrough(million);
  const rate = (bytes: number, seconds: number) => `${(bytes / MEGABYTE / seconds).toFixed(1)} MB/s`;
  report(
    'funnel',
    markdownTable(
      [':-', '-:', '-:', ':-'],
      [
        ['', 'Vitrine', 'datatrove', 'aim'],
        [
          'All rules with MinHash, from the file',
          rate(own.bytes, own.read),
          theirs ? rate(own.bytes, theirs.withMinHash) : '–',
          '5 MB/s',
        ],
        [
          `The same of ${large.documents.toLocaleString('en')} documents, ${(large.bytes / MEGABYTE).toFixed(0)} MB`,
          rate(large.bytes, large.read),
          '',
          '5 MB/s',
        ],
        ['Peak memory of the process that reads them', `${(large.peak / MEGABYTE).toFixed(0)} MB`, '', ''],
        ['Another threshold decides of them, median', `${large.decide.toFixed(0)} ms`, '', 'under 100 ms for 300,000'],
        ['The same file opened again', `${large.reopen.toFixed(1)} s`, '', ''],
        ['The longest that the thread which asks was kept waiting', `${large.delay.toFixed(0)} ms`, '', ''],
      ],
    ),
    machine(...(peer ? [peer.versions] : [])),
  );
} finally {
  rmSync(folder, { recursive: true });
}

/** Sentences of the fixture's documents in other orders, so that few are nearly the same. */
async function writeDocuments(path: string, count: number): Promise<void> {
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
    const text = Array.from({ length: SENTENCES }, () => sentences[next()]).join('');
    if (!stream.write(`${JSON.stringify({ text })}\n`))
      await new Promise<void>((done) => stream.once('drain', () => done()));
  }
  stream.end();
  await finished(stream);
}

async function readThrough(path: string) {
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  const [preset] = PRESETS;
  if (!preset) throw new Error('There is no preset');
  const thresholds = thresholdsOf(preset.rules());
  const { funnel, seconds: opened } = await open(path, preset.name);
  const start = performance.now();
  await funnel.read();
  const read = (performance.now() - start) / 1000 + opened;
  const times: number[] = [];
  let documents = 0;
  for (let i = 0; i < DECISIONS; i++) {
    const before = performance.now();
    ({
      all: { documents },
    } = await funnel.decide({ ...thresholds, gopher_short_doc: 40 + i }));
    times.push(performance.now() - before);
  }
  await funnel.close();
  const { funnel: again, seconds: reopen } = await open(path, preset.name);
  await again.close();
  const decide = times.sort((a, b) => a - b)[Math.floor(DECISIONS / 2)] ?? Number.NaN;
  const delay = delays.max / 1e6;
  return { bytes: statSync(path).size, documents, read, decide, reopen, delay, peak: peakOf(process.pid) };
}

async function open(path: string, preset: string): Promise<{ funnel: Funnel; seconds: number }> {
  const start = performance.now();
  const funnel = startFunnel({ progress: () => {} });
  await funnel.open({ path, preset, questions: undefined, folder: join(folder, 'numbers') });
  return { funnel, seconds: (performance.now() - start) / 1000 };
}
