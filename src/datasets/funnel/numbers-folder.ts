import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeRoom } from '../../background/make-room';
import { sentence, VitrineError } from '../../shared/errors';
import { isDiskFull, reasonOf, systemCodeOf } from '../../shared/system-errors';
import type { DocumentSource } from '../documents/document-source';
import type { Columns } from './columns';
import { contentKey } from './content-key';
import type { FunnelOptions } from './funnel-api';
import { NumbersFile, UNFINISHED } from './numbers-file';

const ENDING = '.numbers';

/** Of all data sets together; then those go that were not opened for the longest time. */
const MOST_BYTES = 1e9;

/** What was not finished for so long is left by a program that was ended. */
const LEFT_MS = 24 * 3600 * 1000;

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

/** Those that are known, or a new file for them. @throws VitrineError `dataset.numbers` */
export async function openNumbers(path: string, folder: string, columns: number): Promise<NumbersFile> {
  return orNotKept(folder, async () => {
    await mkdir(folder, { recursive: true });
    await removeLeftovers(folder);
    const known = NumbersFile.open(path, columns);
    // Those that are in use stay.
    if (known) await utimes(path, new Date(), new Date());
    await makeRoom(folder, ENDING, MOST_BYTES, path);
    return known ?? NumbersFile.create(path, columns);
  });
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
