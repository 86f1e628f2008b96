/**
 * The rules that look at one document, of the thousand documents of the fixture and of those that are prose: megabytes a second
 * of one core, beside datatrove in the same run. Ours measure all that there is of each document; datatrove stops at the first
 * rule that removes it. Processor time, the best of some rounds. Prints a table in Markdown.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { c4 } from '../../src/datasets/filters/c4';
import { fineWebQuality } from '../../src/datasets/filters/fineweb-quality';
import { gopherQuality } from '../../src/datasets/filters/gopher-quality';
import { gopherRepetition } from '../../src/datasets/filters/gopher-repetition';
import { DocumentText } from '../../src/datasets/text/document-text';
import { findPython } from '../engine/python';
import { machine } from '../machine';
import { markdownTable } from '../markdown';
import { report } from '../report';

const ROUNDS = 20;
const MEGABYTE = 1e6;

const filters = [gopherRepetition(), gopherQuality(), c4(), fineWebQuality()];
const all: string[] = gunzipSync(readFileSync('test/fixtures/datatrove/documents.jsonl.gz'))
  .toString()
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line).text);
const prose = all.filter((text) => text.length > 1000 && isLetters(text));
const peer = findPython('import datatrove, spacy; print(f"datatrove 0.10, spaCy {spacy.__version__}")');

const rows = [
  ['', 'documents', 'MB', 'Vitrine', 'datatrove', 'ratio', 'aim'],
  row('All documents of the fixture', all),
  row('Those of long words and few signs', prose),
];
report(
  'filters',
  markdownTable([':-', '-:', '-:', '-:', '-:', '-:', ':-'], rows),
  machine(...(peer ? [peer.versions] : [])),
);

function isLetters(text: string): boolean {
  return (text.match(/[\p{L} ]/gu)?.length ?? 0) / text.length > 0.9;
}

function row(name: string, texts: readonly string[]): string[] {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  const own = bytes / MEGABYTE / ownSeconds(texts);
  const theirs = bytes / MEGABYTE / theirSeconds(texts);
  const rate = (value: number) => (Number.isNaN(value) ? '–' : `${value.toFixed(1)} MB/s`);
  const ratio = Number.isNaN(theirs) ? '–' : `${(own / theirs).toFixed(0)} times`;
  return [name, String(texts.length), (bytes / MEGABYTE).toFixed(1), rate(own), rate(theirs), ratio, '20 MB/s'];
}

function ownSeconds(texts: readonly string[]): number {
  const numbers = filters.map(({ measures }) => new Float32Array(measures.length));
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.cpuUsage();
    for (const text of texts) {
      let document = new DocumentText(text);
      for (const [i, filter] of filters.entries()) {
        filter.measure(document, numbers[i] as Float32Array, 0);
        document = filter.rewrite?.(document) ?? document;
      }
    }
    const { user, system } = process.cpuUsage(start);
    best = Math.min(best, (user + system) / 1e6);
  }
  return best;
}

function theirSeconds(texts: readonly string[]): number {
  if (!peer) return Number.NaN;
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
  try {
    const file = join(folder, 'texts.jsonl');
    writeFileSync(file, texts.map((text) => `${JSON.stringify({ text })}\n`).join(''));
    return JSON.parse(execFileSync(peer.python, ['bench/peers/filters.py', file], { encoding: 'utf8' })).seconds;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
