/**
 * Near-duplicates: MinHash signatures of the thousand documents of the rules' fixture, in megabytes a second of one core, beside
 * datatrove in the same run; and a million short documents, a quarter of them near copies, held against each other. Processor
 * time. Prints Markdown.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { clustersOf } from '../../src/datasets/duplicates/clusters';
import { findCopies } from '../../src/datasets/duplicates/find-copies';
import { MinHash } from '../../src/datasets/duplicates/min-hash';
import type { ShingleHash } from '../../src/datasets/duplicates/shingles';
import { MinHashFilter } from '../../src/datasets/filters/min-hash';
import { UnfinishedNumbers } from '../../src/datasets/funnel/unfinished-numbers';
import { DocumentText } from '../../src/datasets/text/document-text';
import { Slices } from '../../src/datasets/work/slices';
import { findPython } from '../engine/python';
import { machine } from '../machine';
import { markdownTable } from '../markdown';
import { report } from '../report';

const ROUNDS = 5;
const MEGABYTE = 1e6;
const DOCUMENTS = 1_000_000;

const peer = findPython('import datatrove, spacy; print(f"datatrove 0.10, spaCy {spacy.__version__}")');
const texts: string[] = gunzipSync(readFileSync('test/fixtures/datatrove/documents.jsonl.gz'))
  .toString()
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line).text);

const many = await manyDocuments();
report(
  'min-hash',
  markdownTable(
    [':-', '-:', '-:', '-:', '-:'],
    [['hash of shingles', 'Vitrine', 'datatrove', 'ratio', 'aim'], row('xxhash'), row('sha1')],
  ),
  many,
  machine(...(peer ? [peer.versions] : [])),
);

function secondsOf(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

function row(hash: ShingleHash): string[] {
  const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / MEGABYTE;
  const minHash = new MinHash(hash);
  const rounds = Array.from({ length: ROUNDS }, () =>
    secondsOf(() => {
      for (const text of texts) minHash.signature(text);
    }),
  );
  const own = megabytes / Math.min(...rounds);
  const theirs = megabytes / theirSeconds(hash);
  const rate = (value: number) => (Number.isNaN(value) ? '–' : `${value.toFixed(1)} MB/s`);
  const ratio = Number.isNaN(theirs) ? '–' : `${(own / theirs).toFixed(0)} times`;
  return [hash, rate(own), rate(theirs), ratio, hash === 'xxhash' ? '5 MB/s' : ''];
}

function theirSeconds(hash: ShingleHash): number {
  if (!peer) return Number.NaN;
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
  try {
    const file = join(folder, 'texts.jsonl');
    writeFileSync(file, texts.map((text) => `${JSON.stringify({ text })}\n`).join(''));
    const printed = execFileSync(peer.python, ['bench/peers/min_hash.py', file, hash], { encoding: 'utf8' });
    return JSON.parse(printed).seconds;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** How long a million documents take once they are read, and the most memory that the process has had. */
async function manyDocuments(): Promise<string> {
  const filter = new MinHashFilter();
  const { parts, width } = filter.fingerprint;
  const words = [...new Set(texts.join(' ').match(/\b[a-z]{3,9}\b/g))];
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
  const signatures = new UnfinishedNumbers(join(folder, 'own'), join(folder, 'free'), new Array(parts).fill(width));
  const row = new Uint32Array(parts * width);
  for (let index = 0; index < DOCUMENTS; index++) {
    const isCopy = index % 4 === 3;
    row.fill(0);
    const text = `${randomText(words, isCopy ? index - 1 : index)}${isCopy ? ' more' : ''}`;
    filter.addFingerprint(new DocumentText(text), row);
    signatures.add(row);
  }
  const slices = new Slices(new AbortController().signal);
  const before = process.cpuUsage();
  const copies = await findCopies(signatures.fingerprints(0, filter.fingerprint), slices);
  const { user, system } = process.cpuUsage(before);
  const finishing = (user + system) / 1e6;
  const deciding = secondsOf(() => clustersOf(copies, DOCUMENTS, () => true, 0.5));
  const memory = process.resourceUsage().maxRSS / 1e3;
  signatures.clear();
  await signatures.close();
  rmSync(folder, { recursive: true });
  return `Of ${DOCUMENTS.toLocaleString('en')} documents, clusters are found in ${finishing.toFixed(1)} s once they are read, and decided anew for another threshold in ${(1000 * deciding).toFixed(0)} ms; the process has ${memory.toFixed(0)} MB at most, with what Node takes for itself.`;
}

/** Thirty words, the same for the same seed (a linear congruential generator, with the numbers of Numerical Recipes). */
function randomText(words: readonly string[], seed: number): string {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return words[Math.floor((state / 2 ** 32) * words.length)];
  };
  return Array.from({ length: 30 }, next).join(' ');
}
