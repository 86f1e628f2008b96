import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeRoom } from '../../background/make-room';
import { sentence, VitrineError } from '../../shared/errors';
import { isDiskFull, reasonOf, systemCodeOf } from '../../shared/system-errors';
import type { DocumentSource } from '../documents/document-source';
import type { Copies } from '../duplicates/clusters';
import type { Columns } from './columns';
import { contentKey } from './content-key';
import type { FunnelOptions } from './funnel-api';
import type { Numbers } from './numbers';
import { NumbersFile } from './numbers-file';
import { UnfinishedNumbers } from './unfinished-numbers';

const ENDING = '.numbers';

/** Of all data sets together; then those go that were not opened for the longest time. */
const MOST_BYTES = 1e9;

const UNFINISHED = '.unfinished';
const OWNER = /\.(\d+)\.[^.]+\.unfinished$/;

/** Who has not gone on with a data set for so long will not. */
const LEFT_MS = 7 * 24 * 3600 * 1000;

/**
 * Where numbers are kept: by what the data set holds, by how it is measured, and by the program that measures, so that
 * another version of a rule measures anew.
 */
export async function numbersPath(
  source: DocumentSource,
  { preset, questions, folder }: FunnelOptions,
  columns: Columns,
  signal: AbortSignal,
): Promise<string> {
  const program = await readFile(fileURLToPath(import.meta.url));
  const asked = questions === undefined ? '' : await readFile(questions);
  const hash = createHash('sha256').update(await contentKey(source, signal));
  hash.update(JSON.stringify([preset, columns.measures.map(({ measure }) => measure.name)]));
  const key = hash.update(program).update(asked).digest('hex');
  return join(folder, `${key}${ENDING}`);
}

/** Those that are known, whole or as far as a data set was read before, or none yet. @throws VitrineError `dataset.numbers` */
export async function openNumbers(
  path: string,
  folder: string,
  columns: Columns,
): Promise<NumbersFile | UnfinishedNumbers> {
  return orNotKept(folder, async () => {
    await mkdir(folder, { recursive: true });
    await removeLeftovers(folder);
    const known = NumbersFile.open(path, columns.count);
    // Those that are in use stay.
    if (known) await utimes(path, new Date(), new Date());
    await makeRoom(folder, ENDING, MOST_BYTES, path);
    return known ?? (await openUnfinished(path, columns));
  });
}

/** Gives numbers that are finished their place, instead of those that were not. */
export async function finishNumbers(path: string, numbers: Numbers, columns: Columns, copies: readonly Copies[]) {
  return NumbersFile.write(path, ownName(path), numbers, columns.count, copies);
}

/**
 * What another program has left of the same data set is taken, if it is no longer running. A program's own has a name that
 * tells which: two windows may read the same data set at once.
 */
async function openUnfinished(path: string, columns: Columns): Promise<UnfinishedNumbers> {
  const own = ownName(path);
  for (const name of await readdir(dirname(path))) {
    const left = join(dirname(path), name);
    if (!left.startsWith(path) || !left.endsWith(UNFINISHED) || (await isInUse(left))) continue;
    const isTaken = await rename(left, own).then(
      () => true,
      () => false,
    );
    if (isTaken) break;
  }
  return new UnfinishedNumbers(own, `${path}${UNFINISHED}`, columns.widths);
}

const ownName = (path: string) => `${path}.${process.pid}.${randomUUID()}${UNFINISHED}`;

/** Whether the program runs that has named it. One that has the same number may have had it before this one. */
async function isInUse(path: string): Promise<boolean> {
  const program = Number(OWNER.exec(path)?.[1] ?? 0);
  if (program === 0) return false;
  if (program !== process.pid) return isRunning(program);
  const { mtimeMs } = await stat(path);
  return mtimeMs > Date.now() - 1000 * process.uptime();
}

function isRunning(program: number): boolean {
  try {
    process.kill(program, 0);
    return true;
  } catch (error) {
    return systemCodeOf(error) === 'EPERM';
  }
}

/** Numbers that cannot be kept cannot be decided of. @throws VitrineError `dataset.numbers` */
export async function orNotKept<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (systemCodeOf(error) === undefined) throw error;
    throw new VitrineError(
      'dataset.numbers',
      isDiskFull(error)
        ? sentence`The disk is full: what is measured of the documents has no room in ${folder}. Make room on it and read again.`
        : sentence`What is measured of the documents cannot be kept in ${folder}: ${reasonOf(error)}.`,
      { cause: error },
    );
  }
}

async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!name.endsWith(UNFINISHED)) continue;
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > LEFT_MS) await rm(path, { force: true });
  }
}
