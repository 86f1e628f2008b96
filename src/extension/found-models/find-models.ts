import type { Dirent } from 'node:fs';
import { open, opendir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { checkModelFile } from '../../model/model-file';
import { isMissing } from '../../shared/system-errors';
import type { ModelPlace } from './model-places';
import { fileOfManifest, manifestsIn, nameOfManifest, ollamaSetting } from './ollama';

/** Folders and files looked at in one place, at most: a search that never ends helps nobody. */
const MOST_ENTRIES = 20_000;
const DEEPEST = 6;

/** A model file on this machine. */
export interface FoundModel {
  path: string;
  /** As its place calls it; of several with one name each with its folders. */
  name: string;
  bytes: number;
  place: string;
  /** What the setting keeps of it. */
  setting: string;
}

/** A folder or a model's file that cannot be read, such as one of another user's. */
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

type PassOver = (path: string, error: unknown, name?: string) => void;

const GGUF_MAGIC = 'GGUF';
/** Second and later parts of a model, which cannot be opened alone, and vision projectors, which are no models. */
const NO_MODEL = /-0*([2-9]|[1-9]\d+)-of-\d+\.gguf$|mmproj/i;
/** Where a cache of Hugging Face's has the files of a repository's revision. */
const REVISION = /^models--([^/]+)--([^/]+)\/snapshots\/[^/]+\//;

/** The GGUF files in the places where people keep them, each file once. Places that are not there have none. */
export async function findModels(places: readonly ModelPlace[]): Promise<FoundModels> {
  // A cache of Hugging Face's has the same file under several revisions.
  const byFile = new Map<string, FoundModel & Candidate>();
  const unreadable: Unreadable[] = [];
  for (const { folder, name: place, layout } of places) {
    const passOver: PassOver = (path, error, name = path) => {
      if (!isMissing(error)) unreadable.push({ path, name, place, error });
    };
    const candidates = layout === 'ollama' ? ollamaFiles(folder, passOver) : ggufFiles(folder, passOver);
    for await (const candidate of candidates) {
      const file = await ggufFile(candidate.path).catch((error: unknown) =>
        passOver(candidate.path, error, candidate.name),
      );
      if (file && !byFile.has(file.path)) byFile.set(file.path, { ...candidate, bytes: file.bytes, place });
    }
  }
  return { models: withDistinctNames([...byFile.values()]), unreadable };
}

/** With their folders where they share a name. */
function withDistinctNames(models: readonly (FoundModel & Candidate)[]): FoundModel[] {
  const shared = (name: string) => models.filter((model) => model.name === name).length > 1;
  return models.map(({ longName, name, ...model }) => ({ ...model, name: shared(name) ? longName : name }));
}

/** The file that a path leads to, where it is one and begins as GGUF does. */
async function ggufFile(path: string): Promise<{ path: string; bytes: number } | undefined> {
  const file = await realpath(path);
  const status = await stat(file);
  // To open a named pipe would wait for whoever writes to it.
  return status.isFile() && (await beginsAsGguf(file)) ? { path: file, bytes: status.size } : undefined;
}

async function beginsAsGguf(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(GGUF_MAGIC.length), 0, GGUF_MAGIC.length, 0);
    return buffer.toString('latin1') === GGUF_MAGIC;
  } finally {
    await file.close();
  }
}

interface Candidate {
  path: string;
  name: string;
  longName: string;
  setting: string;
}

async function* ggufFiles(folder: string, passOver: PassOver): AsyncGenerator<Candidate> {
  for await (const path of filesIn(folder, passOver)) {
    if (!path.toLowerCase().endsWith('.gguf') || NO_MODEL.test(path)) continue;
    const inPlace = relative(folder, path).split(sep).join('/');
    const longName = inPlace.replace(REVISION, '$1/$2/').slice(0, -'.gguf'.length);
    yield { path, name: basename(longName), longName, setting: path };
  }
}

async function* ollamaFiles(folder: string, passOver: PassOver): AsyncGenerator<Candidate> {
  for await (const manifest of filesIn(manifestsIn(folder), passOver)) {
    const name = nameOfManifest(folder, manifest);
    try {
      const path = fileOfManifest(folder, manifest);
      if (path) yield { path, name, longName: name, setting: ollamaSetting(name) };
    } catch (error) {
      passOver(manifest, error, name);
    }
  }
}

/** Files and links to files under a folder, the nearest first. @param passOver is told of a folder that cannot be read */
async function* filesIn(root: string, passOver: (folder: string, error: unknown) => void): AsyncGenerator<string> {
  const folders = [{ path: root, depth: 0 }];
  let visited = 0;
  for (let folder = folders.shift(); folder && visited < MOST_ENTRIES; folder = folders.shift()) {
    for await (const entry of entriesOf(folder.path, passOver)) {
      visited += 1;
      const path = join(folder.path, entry.name);
      if (entry.isDirectory() && folder.depth < DEEPEST) folders.push({ path, depth: folder.depth + 1 });
      else if (entry.isFile() || entry.isSymbolicLink()) yield path;
    }
  }
}

async function* entriesOf(folder: string, passOver: (folder: string, error: unknown) => void): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(folder);
  } catch (error) {
    passOver(folder, error);
  }
}

/**
 * Why some of the models cannot be opened, as far as their files' headers say.
 *
 * @param signal ends the search, whose result nobody waits for then
 */
export async function checkModels(
  models: readonly FoundModel[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<FoundModel, unknown>> {
  const refusals = new Map<FoundModel, unknown>();
  for (const model of models) {
    if (signal?.aborted) break;
    try {
      await checkModelFile(model.path);
    } catch (error) {
      refusals.set(model, error);
    }
  }
  return refusals;
}
