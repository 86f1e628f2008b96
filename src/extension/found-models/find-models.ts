import { open, opendir, realpath, stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { ModelPlace } from './model-places';
import { fileOfManifest, manifestsIn, nameOfManifest, ollamaSetting } from './ollama';

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

/** Folders and files looked at in one place, at most: a search that never ends helps nobody. */
const MOST_ENTRIES = 20_000;
const DEEPEST = 6;

const GGUF_MAGIC = 'GGUF';
/** Second and later parts of a model, which cannot be opened alone, and vision projectors, which are no models. */
const NO_MODEL = /-0*([2-9]|[1-9]\d+)-of-\d+\.gguf$|mmproj/i;
/** Where a cache of Hugging Face's has the files of a repository's revision. */
const REVISION = /^models--([^/]+)--([^/]+)\/snapshots\/[^/]+\//;

/** The GGUF files in the places where people keep them, each file once. Places that are not there have none. */
export async function findModels(places: readonly ModelPlace[]): Promise<FoundModel[]> {
  // A cache of Hugging Face's has the same file under several revisions.
  const byFile = new Map<string, FoundModel & Candidate>();
  for (const { folder, name: place, layout } of places) {
    const candidates = layout === 'ollama' ? ollamaFiles(folder) : ggufFiles(folder);
    for await (const candidate of candidates) {
      const file = await ggufFile(candidate.path);
      if (file && !byFile.has(file.path)) byFile.set(file.path, { ...candidate, bytes: file.bytes, place });
    }
  }
  return toldApart([...byFile.values()]);
}

/** With their folders where they share a name. */
function toldApart(models: readonly (FoundModel & Candidate)[]): FoundModel[] {
  const shared = (name: string) => models.filter((model) => model.name === name).length > 1;
  return models.map(({ longName, name, ...model }) => ({ ...model, name: shared(name) ? longName : name }));
}

/** The file that a path leads to, where it is one and begins as GGUF does. */
async function ggufFile(path: string): Promise<{ path: string; bytes: number } | undefined> {
  try {
    const file = await realpath(path);
    return (await beginsAsGguf(file)) ? { path: file, bytes: (await stat(file)).size } : undefined;
  } catch {
    return undefined;
  }
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

async function* ggufFiles(folder: string): AsyncGenerator<Candidate> {
  for await (const path of filesIn(folder)) {
    if (!path.toLowerCase().endsWith('.gguf') || NO_MODEL.test(path)) continue;
    const inPlace = relative(folder, path).split(sep).join('/');
    const longName = inPlace.replace(REVISION, '$1/$2/').slice(0, -'.gguf'.length);
    yield { path, name: basename(longName), longName, setting: path };
  }
}

async function* ollamaFiles(folder: string): AsyncGenerator<Candidate> {
  for await (const manifest of filesIn(manifestsIn(folder))) {
    const path = fileOfManifest(folder, manifest);
    const name = nameOfManifest(folder, manifest);
    if (path) yield { path, name, longName: name, setting: ollamaSetting(name) };
  }
}

/** Files and links to files under a folder, the nearest first. */
async function* filesIn(root: string): AsyncGenerator<string> {
  const folders = [{ path: root, depth: 0 }];
  let looked = 0;
  for (let folder = folders.shift(); folder && looked < MOST_ENTRIES; folder = folders.shift()) {
    const entries = await opendir(folder.path).catch(() => []);
    for await (const entry of entries) {
      looked += 1;
      const path = join(folder.path, entry.name);
      if (entry.isDirectory() && folder.depth < DEEPEST) folders.push({ path, depth: folder.depth + 1 });
      else if (entry.isFile() || entry.isSymbolicLink()) yield path;
    }
  }
}
