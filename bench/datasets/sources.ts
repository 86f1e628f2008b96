/**
 * Data sets of 1 GB in each format, and a folder of 100,000 files: how soon the first documents are there, how fast all of them
 * are found and read, and what memory that takes. Prints a table in Markdown. Parquet needs a Python with pyarrow: the bench's
 * own, or `VITRINE_PYTHON`.
 */
import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { openSource } from '../../src/datasets/documents/open-source';
import { findPython } from '../engine/python';
import { machine } from '../machine';
import { markdownTable } from '../markdown';
import { report } from '../report';

const LARGE_BYTES = 1e9;
const FILES = 100_000;
const FILES_IN_A_FOLDER = 1000;
const FIRST = 30;
const MEGABYTE = 1e6;
const SAMPLE_MS = 5;

const WORDS = 'the mouse ate a piece of cheese and then "another", which no one had seen before; so it goes.'.split(
  ' ',
);

const WRITE_PARQUET = `
import sys, json
import pyarrow as pa, pyarrow.parquet as pq
schema = pa.schema([("id", pa.int64()), ("text", pa.string()), ("url", pa.string())])
with pq.ParquetWriter(sys.argv[2], schema, compression="zstd") as writer:
    rows = []
    for line in open(sys.argv[1], encoding="utf-8"):
        rows.append(json.loads(line))
        if len(rows) == 100_000:
            writer.write_table(pa.Table.from_pylist(rows, schema)); rows = []
    if rows: writer.write_table(pa.Table.from_pylist(rows, schema))
`;

const WRITERS: Readonly<Record<string, (text: string, row: number) => string>> = {
  '.jsonl': (text, row) => `${JSON.stringify({ id: row, text, url: `https://example.com/${row}` })}\n`,
  '.csv': (text, row) => `${row},"${text.replaceAll('"', '""')}",https://example.com/${row}\n`,
  '.txt': (text) => `${text}\n\n`,
};

const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
try {
  const rows: string[][] = [['', 'first documents', 'documents', 'found', 'read', 'memory']];
  const jsonl = join(folder, 'large.jsonl');
  for (const ending of Object.keys(WRITERS)) {
    const path = join(folder, `large${ending}`);
    await writeLarge(path, ending);
    rows.push([`\`${ending}\` of 1 GB`, ...(await measured(path))]);
    if (ending !== '.jsonl') rmSync(path);
  }
  const python = findPython('import pyarrow; print(pyarrow.__version__)');
  if (python) {
    const path = join(folder, 'large.parquet');
    execFileSync(python.python, ['-c', WRITE_PARQUET, jsonl, path], { stdio: ['ignore', 'ignore', 'inherit'] });
    rows.push(['The same rows as `.parquet`, zstd', ...(await measured(path))]);
  }
  rmSync(jsonl);
  rows.push([`Folder of ${FILES.toLocaleString('en')} files`, ...(await measured(writeFolder()))]);
  report('datasets-sources', markdownTable([':-', '-:', '-:', '-:', '-:', '-:'], rows), machine());
} finally {
  rmSync(folder, { recursive: true });
}

/** From 20 to 420 words in some lines, as none other has them. */
function textOf(row: number): string {
  const words = Array.from({ length: 20 + ((row * 7919) % 400) }, (_, i) => WORDS[(row + i * i) % WORDS.length]);
  return `${row} ${words.join(' ').replaceAll('; so', ';\nso')}`;
}

async function writeLarge(path: string, ending: string): Promise<void> {
  const stream = createWriteStream(path);
  if (ending === '.csv') stream.write('id,text,url\n');
  for (let row = 0, bytes = 0; bytes < LARGE_BYTES; row++) {
    const line = WRITERS[ending]?.(textOf(row), row) ?? '';
    bytes += line.length;
    if (!stream.write(line)) await new Promise<void>((resolve) => stream.once('drain', () => resolve()));
  }
  stream.end();
  await finished(stream);
}

function writeFolder(): string {
  const root = join(folder, 'files');
  for (let file = 0; file < FILES; file++) {
    const inside = join(root, String(Math.floor(file / FILES_IN_A_FOLDER)));
    if (file % FILES_IN_A_FOLDER === 0) mkdirSync(inside, { recursive: true });
    writeFileSync(join(inside, `${file}.txt`), textOf(file));
  }
  return root;
}

/** First documents, how many there are, finding all of them, reading all of them, and the most memory beyond what there was. */
async function measured(path: string): Promise<string[]> {
  global.gc?.();
  const before = process.memoryUsage().rss;
  let most = before;
  const sample = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, SAMPLE_MS);
  const start = performance.now();
  const source = await openSource(path);
  const { signal } = new AbortController();
  let first: number | undefined;
  const seeFirst = async () => {
    if (first !== undefined || source.count < FIRST) return;
    for await (const _ of source.stream(0, FIRST));
    first ??= performance.now() - start;
  };
  await seeFirst();
  await source.index({ signal, progress: () => void seeFirst() });
  await seeFirst();
  const found = performance.now();
  let bytes = 0;
  for await (const document of source.stream(0, source.count)) bytes += document.bytes;
  const read = performance.now() - found;
  clearInterval(sample);
  await source.close();
  return [
    `${(first ?? Number.NaN).toFixed(0)} ms`,
    source.count.toLocaleString('en'),
    `${((found - start) / 1000).toFixed(2)} s`,
    `${(bytes / MEGABYTE / (read / 1000)).toFixed(0)} MB/s`,
    `${((most - before) / MEGABYTE).toFixed(0)} MB`,
  ];
}
