import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { realpath, rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { csvRow } from '../../shared/csv';
import { sentence, VitrineError } from '../../shared/errors';
import { reasonOf } from '../../shared/system-errors';
import type { RowFile } from '../rows/row-file';
import type { RowScores } from '../scores/row-scores';
import type { Column } from './columns';

const BYTE_ORDER_MARK = Buffer.from('\uFEFF');
const LINE_FEED = 0x0a;
const BATCH = 256;

/** Lines as they stand in the file. */
export async function* linesAsTheyAre(file: RowFile, lines: Iterable<number>): AsyncGenerator<Uint8Array> {
  for (const line of lines) {
    const bytes = Buffer.from(await file.lineOf(line));
    yield line === 0 && bytes.indexOf(BYTE_ORDER_MARK) === 0 ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes;
    if (bytes.at(-1) !== LINE_FEED) yield Buffer.of(LINE_FEED);
  }
}

/** A line's number in the file, counted from 1, and the numbers of all columns. */
export async function* tableOf(
  columns: readonly Column[],
  scores: RowScores,
  lines: Iterable<number>,
): AsyncGenerator<Uint8Array> {
  const saved = columns.flatMap((column) => (column.sum ? [column, column.sum] : [column]));
  yield Buffer.from(`${['line', ...saved.map(({ name }) => name)].join(',')}\r\n`);
  let batch: string[] = [];
  for (const line of lines) {
    const numbers = saved.map(({ value }) => value(scores, line));
    batch.push(`${csvRow([line + 1, ...numbers], { isGuarded: true })}\r\n`);
    if (batch.length < BATCH) continue;
    yield Buffer.from(batch.join(''));
    batch = [];
  }
  yield Buffer.from(batch.join(''));
}

/**
 * Writes a file whole or not at all: it has its name only when all of it is there.
 *
 * @param source which it may not take the place of
 * @throws VitrineError `dataset.notWritten`, AbortError
 */
export async function writeWhole(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  source: string,
  signal: AbortSignal,
): Promise<void> {
  if ((await realPathOf(path)) === (await realPathOf(source))) {
    throw new VitrineError('dataset.sameFile', sentence`${path} is the file that is listed. Save under another name.`);
  }
  const temporary = `${path}.${process.pid}.part`;
  try {
    const stream = createWriteStream(temporary);
    const written = finished(stream);
    // Its error is thrown below, and is nobody's before.
    written.catch(() => {});
    for await (const piece of pieces) {
      signal.throwIfAborted();
      if (!stream.write(piece)) await Promise.race([once(stream, 'drain'), written]);
    }
    stream.end();
    await written;
    await rename(temporary, path);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof VitrineError) throw error;
    throw new VitrineError('dataset.notWritten', sentence`${path} cannot be written: ${reasonOf(error)}.`, {
      cause: error,
    });
  } finally {
    await rm(temporary, { force: true });
  }
}

const realPathOf = (path: string) => realpath(path).catch(() => path);
