import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { type Choice, choicesLike, choicesOf, type ListedFile } from './choices';
import { isModelFile, SHARD } from './model-files';
import { modelFolder, refOf, sizeOf } from './model-folder';
import type { ModelName } from './names';
import { hubCacheFolder } from './places';

/** What can be opened of a model without asking the hub. */
export interface CachedChoice extends Pick<Choice, 'name' | 'kind' | 'bytes'> {
  /** Of the GGUF file, of the first of its parts, or of the folder. */
  path: string;
}

/**
 * What this machine has of a model, in the state that its tools got last: whole, since none of them gives a file its name
 * before. Nothing is asked of the hub.
 */
export async function cachedChoices(
  { repository: name, file }: ModelName,
  cacheFolder: string = hubCacheFolder(),
): Promise<CachedChoice[]> {
  try {
    const snapshot = await latestSnapshot(name, cacheFolder);
    if (snapshot === undefined) return [];
    const files = await modelFilesIn(snapshot);
    if (files.length === 0) return [];
    const whole = choicesOf({ name, files }).filter(isWhole);
    const wanted = file === undefined ? whole : choicesLike(whole, file);
    return wanted.map((choice) => cachedOf(snapshot, choice));
  } catch {
    // What is not there, cannot be read or is no model is asked of the hub, which says what is wrong.
    return [];
  }
}

/**
 * The folder in which this machine has the files of a model's tokenizer, in the state that its tools got last; undefined where
 * it has none. Nothing is asked of the hub.
 */
export async function cachedTokenizer(
  { repository: name }: ModelName,
  cacheFolder: string = hubCacheFolder(),
): Promise<string | undefined> {
  const snapshot = await latestSnapshot(name, cacheFolder);
  const isHere = snapshot !== undefined && (await sizeOf(join(snapshot, 'tokenizer.json'))) !== undefined;
  return isHere ? snapshot : undefined;
}

/** Undefined where none of its tools has got the model. */
async function latestSnapshot(name: string, cacheFolder: string): Promise<string | undefined> {
  const revision = await readFile(refOf(cacheFolder, name), 'utf8').catch(() => '');
  if (!/^[0-9a-f]{40}$/.test(revision.trim())) return undefined;
  return modelFolder({ cacheFolder }, { name, revision: revision.trim() }).snapshot;
}

function cachedOf(snapshot: string, { name, kind, bytes, files }: Choice<ListedFile>): CachedChoice {
  return {
    name,
    kind,
    bytes,
    path: kind === 'folder' ? snapshot : join(snapshot, ...(files[0]?.path.split('/') ?? [])),
  };
}

async function modelFilesIn(snapshot: string): Promise<ListedFile[]> {
  const files: ListedFile[] = [];
  for (const name of await readdir(snapshot, { recursive: true })) {
    const path = name.split(sep).join('/');
    if (!isModelFile(path)) continue;
    const bytes = await sizeOf(join(snapshot, name));
    if (bytes !== undefined) files.push({ path, bytes });
  }
  return files;
}

/** A tool may have brought some files of a folder only. The parts of a GGUF model have been counted. */
function isWhole({ kind, files }: Choice<ListedFile>): boolean {
  if (kind === 'gguf') return true;
  const paths = files.map(({ path }) => path);
  const shards = paths.filter((path) => SHARD.test(path));
  const count = Number(/-of-(\d+)/.exec(shards[0] ?? '')?.[1] ?? 0);
  return paths.includes('config.json') && paths.includes('tokenizer.json') && shards.length === count;
}
