import { existsSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { isMissing } from '../../shared/system-errors';
import type { Candidate } from './candidate';
import { beginsAsGguf, ggufCandidate } from './gguf-file';
import { CONFIG, folderCandidate, folderOnDisk } from './hugging-face-folder';
import type { ModelPlace } from './model-places';
import { fileGone, fileOfManifest, manifestsIn, nameOfManifest, ollamaSetting } from './ollama';
import { filesIn, type PassOver } from './walk';

const DEEPEST = 6;

/** A model on this machine: a GGUF file, or a Hugging Face folder. */
export interface FoundModel {
  path: string;
  /** As its place calls it; of several with one name each with its folders. */
  name: string;
  /** Of the file; of a folder's weights. */
  bytes: number;
  /** When it was last written to, in milliseconds since 1970. */
  written: number;
  place: string;
  /** What the setting keeps of it. */
  setting: string;
}

/** A folder or a model's file that cannot be read, such as one of another user's, or that is not the whole model. */
export interface Unreadable {
  path: string;
  /** Of a model, as its place calls it; of a folder, its path. */
  name: string;
  place: string;
  error: unknown;
}

export interface FoundModels {
  models: FoundModel[];
  unreadable: Unreadable[];
}

/** The models in the places where people keep them, each once. Places that are not there have none. */
export async function findModels(places: readonly ModelPlace[]): Promise<FoundModels> {
  const found = new Map<string, FoundModel & Candidate>();
  const unreadable: Unreadable[] = [];
  for (const { folder, name: place, layout, deepest } of places) {
    const passOver: PassOver = (path, error, name = path) => {
      if (!isMissing(error)) unreadable.push({ path, name, place, error });
    };
    const candidates =
      layout === 'ollama' ? ollamaFiles(folder, passOver) : filesAndFolders(folder, deepest ?? DEEPEST, passOver);
    for await (const candidate of candidates) {
      const onDisk = await look(candidate.path).catch((error: unknown) =>
        passOver(candidate.path, error, candidate.name),
      );
      if (!onDisk) continue;
      // A cache of Hugging Face's has the same file under several revisions. To Ollama each name is a model of its own.
      const key = layout === 'ollama' ? candidate.setting : onDisk.path;
      if (found.has(key)) continue;
      found.set(key, { ...candidate, bytes: onDisk.bytes, written: onDisk.written, place });
    }
  }
  return { models: withDistinctNames([...found.values()]), unreadable };
}

/** By name, those with their folders that share one. */
function withDistinctNames(models: readonly (FoundModel & Candidate)[]): FoundModel[] {
  const shared = (name: string) => models.filter((model) => model.name === name).length > 1;
  return models
    .map(({ longName, name, ...model }) => ({ ...model, name: shared(name) ? longName : name }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** What a path leads to; undefined where that is a file that does not begin as GGUF does. */
async function look(candidate: string): Promise<{ path: string; bytes: number; written: number } | undefined> {
  const path = await realpath(candidate);
  const status = await stat(path);
  if (status.isDirectory()) return { path, ...(await folderOnDisk(path)) };
  // To open a named pipe would wait for whoever writes to it.
  if (!status.isFile() || !(await beginsAsGguf(path))) return undefined;
  return { path, bytes: status.size, written: status.mtimeMs };
}

async function* filesAndFolders(place: string, deepest: number, passOver: PassOver): AsyncGenerator<Candidate> {
  for await (const path of filesIn(place, deepest, passOver)) {
    const candidate = basename(path) === CONFIG ? await folderOf(place, path, passOver) : ggufCandidate(place, path);
    if (candidate) yield candidate;
  }
}

async function folderOf(place: string, config: string, passOver: PassOver): Promise<Candidate | undefined> {
  const folder = dirname(config);
  try {
    return await folderCandidate(place, folder);
  } catch (error) {
    passOver(folder, error);
    return undefined;
  }
}

async function* ollamaFiles(folder: string, passOver: PassOver): AsyncGenerator<Candidate> {
  for await (const manifest of filesIn(manifestsIn(folder), DEEPEST, passOver)) {
    const name = nameOfManifest(folder, manifest);
    try {
      const path = fileOfManifest(folder, manifest);
      if (path === undefined) continue;
      if (existsSync(path)) yield { path, name, longName: name, setting: ollamaSetting(name) };
      else passOver(path, fileGone(name), name);
    } catch (error) {
      passOver(manifest, error, name);
    }
  }
}
