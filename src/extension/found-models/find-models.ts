import { open, opendir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import type { ModelPlace } from './model-places';

/** A model file on this machine. */
export interface FoundModel {
  path: string;
  /** As its place calls it. */
  name: string;
  bytes: number;
  place: string;
}

/** Folders and files looked at in one place, at most: a search that never ends helps nobody. */
const MOST_ENTRIES = 20_000;
const DEEPEST = 6;

const GGUF_MAGIC = 'GGUF';
/** Second and later parts of a model, which cannot be opened alone, and vision projectors, which are no models. */
const NO_MODEL = /-0*([2-9]|[1-9]\d+)-of-\d+\.gguf$|mmproj/i;

/** Of an Ollama manifest, what is needed to find the model's file. */
const manifest = v.object({
  layers: v.array(v.object({ mediaType: v.string(), digest: v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]+$/)) })),
});
const MODEL_LAYER = 'application/vnd.ollama.image.model';

/** The GGUF files in the places where people keep them, each file once. Places that are not there have none. */
export async function findModels(places: readonly ModelPlace[]): Promise<FoundModel[]> {
  // A cache of Hugging Face's has the same file under several revisions.
  const byFile = new Map<string, FoundModel>();
  for (const { folder, name: place, layout } of places) {
    const candidates = layout === 'ollama' ? ollamaFiles(folder) : ggufFiles(folder);
    for await (const { path, name } of candidates) {
      const file = await ggufFile(path);
      if (file && !byFile.has(file.path)) byFile.set(file.path, { path, name, bytes: file.bytes, place });
    }
  }
  return [...byFile.values()];
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
}

async function* ggufFiles(folder: string): AsyncGenerator<Candidate> {
  for await (const path of filesIn(folder)) {
    if (path.toLowerCase().endsWith('.gguf') && !NO_MODEL.test(path)) yield { path, name: basename(path, '.gguf') };
  }
}

/** `manifests/HOST/OWNER/MODEL/TAG` names `blobs/sha256-…`. */
async function* ollamaFiles(folder: string): AsyncGenerator<Candidate> {
  const manifests = join(folder, 'manifests');
  for await (const path of filesIn(manifests)) {
    const digest = await modelDigest(path);
    const [model = '', tag = ''] = path.split(/[\\/]/).slice(-2);
    if (digest) yield { path: join(folder, 'blobs', digest.replace(':', '-')), name: `${model}:${tag}` };
  }
}

async function modelDigest(path: string): Promise<string | undefined> {
  try {
    const { layers } = v.parse(manifest, JSON.parse(await readFile(path, 'utf8')));
    return layers.find(({ mediaType }) => mediaType === MODEL_LAYER)?.digest;
  } catch {
    return undefined;
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
