import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sentence, VitrineError } from '../../shared/errors';

/** What data sets are published in as several files, each with many rows. */
const SHARD = /\.(jsonl|ndjson|parquet|csv|tsv)(\.gz)?$|\.txt\.gz$/i;

/** What stands beside them: notes, licences, and what programs left. */
const BESIDE = /^[._]|^(readme|licen[cs]e|notice)\b|\.(md|json|ya?ml|lock)$/i;

/** Files that are together one data set. */
export interface ShardFiles {
  /** From the folder on, in the order of their names and of numbers in these. */
  names: string[];
  /** The folders that they are in. */
  folders: string[];
}

/**
 * The files in and below a folder that are together one data set, as `data/train-00000-of-00005.parquet`: all that is in it but
 * notes is rows of one kind, packed or not. Undefined of any other folder.
 *
 * @throws VitrineError `dataset.kinds` of rows of several kinds
 */
export async function shardsIn(folder: string): Promise<ShardFiles | undefined> {
  const names: string[] = [];
  const folders = [folder];
  for (const within of folders) {
    for (const entry of await readdir(within, { withFileTypes: true })) {
      if (BESIDE.test(entry.name)) continue;
      const path = join(within, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (SHARD.test(entry.name) && (await isFile(entry, path))) names.push(path.slice(folder.length + 1));
      else return undefined;
    }
  }
  const kinds = new Map<string, number>();
  for (const name of names) kinds.set(kindOf(name), (kinds.get(kindOf(name)) ?? 0) + 1);
  if (kinds.size > 1) throw severalKinds(folder, kinds);
  if (names.length === 0) return undefined;
  return { names: names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })), folders };
}

/** A download cache has links to files. */
async function isFile(entry: Dirent, path: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isFile();
  return stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
}

/** `.jsonl`, also of `.jsonl.gz`. */
const kindOf = (name: string): string => `.${SHARD.exec(name)?.[0].toLowerCase().split('.')[1]}`;

/** @param kinds how many files there are of each */
function severalKinds(folder: string, kinds: ReadonlyMap<string, number>): VitrineError {
  const found = Array.from(kinds, ([kind, files]) => `${files} ${kind}`).join(', ');
  return new VitrineError(
    'dataset.kinds',
    sentence`${folder} has files of rows of several kinds: ${found}. Open one of them, or a folder with those of one kind.`,
  );
}
